package org.flowexp.lsp;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.InitializeParams;
import org.eclipse.lsp4j.MessageActionItem;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.PublishDiagnosticsParams;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ShowMessageRequestParams;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentItem;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.VersionedTextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceFolder;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.launch.LSPLauncher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.LanguageServer;
import org.flowexp.model.Generators;
import org.flowexp.source.SourceFile;

/** An editor that talks the protocol over streams, as a real one does. */
final class Editor implements LanguageClient, AutoCloseable {
  private static final int BUFFER = 1 << 20;
  private static final long PATIENCE_SECONDS = 30;

  private final LinkedBlockingQueue<PublishDiagnosticsParams> published =
      new LinkedBlockingQueue<>();
  private final Map<String, String> texts = new ConcurrentHashMap<>();
  private final Map<String, Integer> versions = new ConcurrentHashMap<>();
  private final List<String> logged = new ArrayList<>();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final LanguageServer server;
  private final Future<Void> listening;

  Editor(Path folder) throws Exception {
    PipedInputStream toServer = new PipedInputStream(BUFFER);
    PipedInputStream toClient = new PipedInputStream(BUFFER);
    PipedOutputStream fromClient = new PipedOutputStream(toServer);
    PipedOutputStream fromServer = new PipedOutputStream(toClient);
    Thread serving =
        new Thread(
            () -> {
              try {
                exit.complete(
                    new FlowExpServer(folder.resolve("shown"), Generators.none())
                        .serve(toServer, fromServer));
              } catch (InterruptedException interrupt) {
                exit.completeExceptionally(interrupt);
              }
            });
    serving.setDaemon(true);
    serving.start();
    Launcher<LanguageServer> launcher =
        LSPLauncher.createClientLauncher(this, toClient, fromClient);
    listening = launcher.startListening();
    server = launcher.getRemoteProxy();
    InitializeParams params = new InitializeParams();
    params.setWorkspaceFolders(List.of(new WorkspaceFolder(folder.toUri().toString(), "folder")));
    await(server.initialize(params));
  }

  LanguageServer server() {
    return server;
  }

  static <T> T await(CompletableFuture<T> answer)
      throws InterruptedException, ExecutionException, TimeoutException {
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void open(String address, String text) {
    texts.put(address, text);
    versions.put(address, 1);
    server
        .getTextDocumentService()
        .didOpen(new DidOpenTextDocumentParams(new TextDocumentItem(address, "flowexp", 1, text)));
  }

  /** Replaces the first occurrence of a piece by another, as an edit of that range. */
  void edit(String address, String before, String after) {
    String text = texts.get(address);
    int start = text.indexOf(before);
    if (start < 0) {
      throw new AssertionError("`" + before + "` is not in the text");
    }
    Range range = new Range(place(text, start), place(text, start + before.length()));
    texts.put(address, text.substring(0, start) + after + text.substring(start + before.length()));
    int version = versions.merge(address, 1, Integer::sum);
    server
        .getTextDocumentService()
        .didChange(
            new DidChangeTextDocumentParams(
                new VersionedTextDocumentIdentifier(address, version),
                List.of(new TextDocumentContentChangeEvent(range, after))));
  }

  void close(String address) {
    server
        .getTextDocumentService()
        .didClose(new DidCloseTextDocumentParams(new TextDocumentIdentifier(address)));
  }

  /** Waits for the diagnostics of the newest version of a text. */
  PublishDiagnosticsParams diagnostics(String address) throws InterruptedException {
    while (true) {
      PublishDiagnosticsParams next = published.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no diagnostics of " + address + "; log: " + logged);
      }
      boolean newest = next.getVersion() == null || next.getVersion().equals(versions.get(address));
      if (next.getUri().equals(address) && newest) {
        return next;
      }
    }
  }

  String text(String address) {
    return texts.get(address);
  }

  /** The place of the n-th occurrence (from 1) of a piece of the text. */
  Position at(String address, String piece, int n) {
    String text = texts.get(address);
    int offset = -1;
    for (int i = 0; i < n; i++) {
      offset = text.indexOf(piece, offset + 1);
      if (offset < 0) {
        throw new AssertionError("`" + piece + "` does not occur " + n + " times");
      }
    }
    return place(text, offset);
  }

  private static Position place(String text, int offset) {
    String before = text.substring(0, offset);
    int line = (int) before.chars().filter(c -> c == '\n').count();
    return new Position(line, offset - before.lastIndexOf('\n') - 1);
  }

  /** The text after edits, whose ranges refer to the text before all of them. */
  static String edited(String text, List<? extends TextEdit> edits) {
    SourceFile file = new SourceFile("edited", text);
    return Edit.applied(
        text,
        edits.stream()
            .map(
                edit ->
                    new Edit(
                        new org.flowexp.source.Span(
                            file,
                            Places.offset(file, edit.getRange().getStart()),
                            Places.offset(file, edit.getRange().getEnd())),
                        edit.getNewText()))
            .toList());
  }

  /** Says goodbye and returns what the server leaves with. */
  int leave() throws Exception {
    await(server.shutdown());
    server.exit();
    return await(exit);
  }

  @Override
  public void close() throws IOException {
    listening.cancel(true);
  }

  @Override
  public void publishDiagnostics(PublishDiagnosticsParams diagnostics) {
    published.add(diagnostics);
  }

  @Override
  public void telemetryEvent(Object object) {}

  @Override
  public void showMessage(MessageParams message) {
    logged.add(message.getMessage());
  }

  @Override
  public CompletableFuture<MessageActionItem> showMessageRequest(ShowMessageRequestParams params) {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public void logMessage(MessageParams message) {
    logged.add(message.getMessage());
  }
}
