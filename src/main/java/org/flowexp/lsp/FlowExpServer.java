package org.flowexp.lsp;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.eclipse.lsp4j.CompletionOptions;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.RenameOptions;
import org.eclipse.lsp4j.SemanticTokensWithRegistrationOptions;
import org.eclipse.lsp4j.ServerCapabilities;
import org.eclipse.lsp4j.ServerInfo;
import org.eclipse.lsp4j.TextDocumentSyncKind;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageClientAware;
import org.eclipse.lsp4j.services.LanguageServer;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.eclipse.lsp4j.services.WorkspaceService;
import org.flowexp.model.Generators;

/** The language server. It never loads TensorFlow and runs nothing. */
public final class FlowExpServer implements LanguageServer, LanguageClientAware {
  private final Desk desk;
  private final Worker worker = new Worker();
  private final Texts texts;
  private volatile int exitCode = 1;

  /**
   * A server for one editor.
   *
   * @param libraries the folder in which files that come with the program are laid out, so that an
   *     editor can show them
   */
  public FlowExpServer(Path libraries, Generators generators) {
    this.desk = new Desk(new Places(libraries), generators);
    this.texts = new Texts(desk, worker);
  }

  /**
   * Talks until the editor leaves or closes the streams.
   *
   * @return 0 if it has said goodbye as the protocol has it, else 1
   */
  public int serve(InputStream in, OutputStream out) throws InterruptedException {
    Launcher<LanguageClient> launcher = LSPLauncher.createServerLauncher(this, in, out);
    connect(launcher.getRemoteProxy());
    Future<Void> talk = launcher.startListening();
    texts.whenLeft(() -> talk.cancel(true));
    try {
      talk.get();
    } catch (ExecutionException | java.util.concurrent.CancellationException left) {
      // The stream has ended, or the editor has left: either way there is nobody to tell.
      exitCode = Math.min(exitCode, 1);
    }
    worker.close();
    return exitCode;
  }

  @Override
  public void connect(LanguageClient client) {
    texts.connect(client);
  }

  @Override
  public CompletableFuture<InitializeResult> initialize(InitializeParams params) {
    if (params.getWorkspaceFolders() != null) {
      params
          .getWorkspaceFolders()
          .forEach(folder -> Places.path(folder.getUri()).ifPresent(desk::folder));
    }
    return CompletableFuture.completedFuture(
        new InitializeResult(capabilities(), new ServerInfo("flowexp")));
  }

  private static ServerCapabilities capabilities() {
    ServerCapabilities can = new ServerCapabilities();
    can.setTextDocumentSync(TextDocumentSyncKind.Incremental);
    can.setCompletionProvider(new CompletionOptions(false, List.of(".", "\"", " ", "/")));
    can.setHoverProvider(true);
    can.setDefinitionProvider(true);
    can.setReferencesProvider(true);
    can.setRenameProvider(new RenameOptions(true));
    can.setDocumentSymbolProvider(true);
    can.setFoldingRangeProvider(true);
    can.setDocumentFormattingProvider(true);
    can.setCodeActionProvider(true);
    can.setSemanticTokensProvider(
        new SemanticTokensWithRegistrationOptions(Colours.legend(), true));
    return can;
  }

  @Override
  public CompletableFuture<Object> shutdown() {
    exitCode = 0;
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void exit() {
    texts.leave();
  }

  @Override
  public TextDocumentService getTextDocumentService() {
    return texts;
  }

  @Override
  public WorkspaceService getWorkspaceService() {
    return new Workspace(worker, texts);
  }
}
