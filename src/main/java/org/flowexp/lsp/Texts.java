package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.Command;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionList;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.DidChangeTextDocumentParams;
import org.eclipse.lsp4j.DidCloseTextDocumentParams;
import org.eclipse.lsp4j.DidOpenTextDocumentParams;
import org.eclipse.lsp4j.DidSaveTextDocumentParams;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbol;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRange;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.LocationLink;
import org.eclipse.lsp4j.MessageParams;
import org.eclipse.lsp4j.MessageType;
import org.eclipse.lsp4j.PrepareRenameDefaultBehavior;
import org.eclipse.lsp4j.PrepareRenameParams;
import org.eclipse.lsp4j.PrepareRenameResult;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SemanticTokens;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.SymbolInformation;
import org.eclipse.lsp4j.TextDocumentContentChangeEvent;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.TextDocumentPositionParams;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.jsonrpc.ResponseErrorException;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.eclipse.lsp4j.jsonrpc.messages.Either3;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseError;
import org.eclipse.lsp4j.jsonrpc.messages.ResponseErrorCode;
import org.eclipse.lsp4j.services.LanguageClient;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.flowexp.source.SourceFile;

/** Edits of open texts, and questions about them. */
final class Texts implements TextDocumentService {
  /** Letters typed within this time are checked once. */
  private static final long PAUSE_MILLISECONDS = 20;

  private final Desk desk;
  private final Worker worker;
  private final Map<String, String> newest = new HashMap<>();
  private final Announcements announcements;
  private Runnable left = () -> {};

  Texts(Desk desk, Worker worker) {
    this.desk = desk;
    this.worker = worker;
    this.announcements = new Announcements(desk);
  }

  void connect(LanguageClient client) {
    announcements.connect(client);
    worker.whenFailed(
        bug ->
            client.logMessage(
                new MessageParams(MessageType.Error, "error[FX0901]: a bug in FlowExp: " + bug)));
  }

  void whenLeft(Runnable action) {
    left = action;
  }

  void leave() {
    left.run();
  }

  @Override
  public void didOpen(DidOpenTextDocumentParams params) {
    worker.tell(
        () -> {
          String address = params.getTextDocument().getUri();
          newest.put(address, params.getTextDocument().getText());
          put(address, params.getTextDocument().getVersion());
        });
  }

  @Override
  public void didChange(DidChangeTextDocumentParams params) {
    worker.tell(
        () -> {
          String address = params.getTextDocument().getUri();
          String text = newest.getOrDefault(address, "");
          for (TextDocumentContentChangeEvent change : params.getContentChanges()) {
            text = changed(text, change);
          }
          newest.put(address, text);
          put(address, params.getTextDocument().getVersion());
        });
  }

  private static String changed(String text, TextDocumentContentChangeEvent change) {
    Range range = change.getRange();
    if (range == null) {
      return change.getText();
    }
    SourceFile before = new SourceFile("before", text);
    int start = Places.offset(before, range.getStart());
    int end = Math.max(start, Places.offset(before, range.getEnd()));
    return text.substring(0, start) + change.getText() + text.substring(end);
  }

  private void put(String address, int version) {
    desk.put(address, newest.get(address), version);
    worker.later(
        () -> {
          if (desk.isOpen(address) && desk.version(address) == version) {
            announcements.announce(address);
          }
        },
        PAUSE_MILLISECONDS);
  }

  @Override
  public void didClose(DidCloseTextDocumentParams params) {
    worker.tell(
        () -> {
          String address = params.getTextDocument().getUri();
          newest.remove(address);
          desk.close(address);
          announcements.withdraw(address);
        });
  }

  /** Other open texts may import the one that has been saved; they have seen it unsaved. */
  @Override
  public void didSave(DidSaveTextDocumentParams params) {}

  void filesChanged() {
    desk.forgetImporters();
    desk.addresses().forEach(announcements::announce);
  }

  private <T> CompletableFuture<T> at(
      TextDocumentPositionParams params, T otherwise, BiFunction<Reading, Integer, T> answer) {
    return in(
        params.getTextDocument(),
        otherwise,
        reading -> answer.apply(reading, Places.offset(reading.source(), params.getPosition())));
  }

  private <T> CompletableFuture<T> in(
      TextDocumentIdentifier text, T otherwise, java.util.function.Function<Reading, T> answer) {
    return worker.ask(() -> desk.reading(text.getUri()).map(answer).orElse(otherwise));
  }

  @Override
  public CompletableFuture<Either<List<CompletionItem>, CompletionList>> completion(
      CompletionParams params) {
    return at(params, Either.forLeft(List.of()), (r, o) -> Either.forLeft(Completions.at(r, o)));
  }

  @Override
  public CompletableFuture<Hover> hover(HoverParams params) {
    return at(params, Optional.<Hover>empty(), Hovers::at).thenApply(h -> h.orElse(null));
  }

  @Override
  public CompletableFuture<Either<List<? extends Location>, List<? extends LocationLink>>>
      definition(DefinitionParams params) {
    return at(params, List.<Location>of(), this::definitions).thenApply(Either::forLeft);
  }

  private List<Location> definitions(Reading reading, int offset) {
    Optional<Meant> meant = reading.occurrences().at(offset).map(Occurrence::meant);
    if (meant.isPresent() && meant.get() instanceof Meant.Declared declared) {
      return List.of(desk.places().location(declared.at()));
    }
    if (meant.isPresent() && meant.get() instanceof Meant.Text text) {
      return List.of(desk.places().location(new org.flowexp.source.Span(text.file(), 0, 0)));
    }
    return List.of();
  }

  @Override
  public CompletableFuture<List<? extends Location>> references(ReferenceParams params) {
    boolean declaration = params.getContext().isIncludeDeclaration();
    return at(
        params,
        List.of(),
        (reading, offset) -> new Renames(desk).references(reading, offset, declaration));
  }

  @Override
  public CompletableFuture<Either3<Range, PrepareRenameResult, PrepareRenameDefaultBehavior>>
      prepareRename(PrepareRenameParams params) {
    return at(
        params,
        null,
        (reading, offset) -> {
          try {
            Occurrence name = new Renames(desk).renamed(reading, offset);
            return Either3.forSecond(
                new PrepareRenameResult(Places.range(name.span()), name.span().text()));
          } catch (Renames.Refusal refusal) {
            throw refused(refusal);
          }
        });
  }

  @Override
  public CompletableFuture<WorkspaceEdit> rename(RenameParams params) {
    return at(
        params,
        new WorkspaceEdit(),
        (reading, offset) -> {
          try {
            return new Renames(desk).rename(reading, offset, params.getNewName());
          } catch (Renames.Refusal refusal) {
            throw refused(refusal);
          }
        });
  }

  private static ResponseErrorException refused(Renames.Refusal refusal) {
    return new ResponseErrorException(
        new ResponseError(ResponseErrorCode.RequestFailed, refusal.getMessage(), null));
  }

  @Override
  public CompletableFuture<List<Either<SymbolInformation, DocumentSymbol>>> documentSymbol(
      DocumentSymbolParams params) {
    return in(
        params.getTextDocument(),
        List.of(),
        reading ->
            Outline.symbols(reading.document()).stream()
                .<Either<SymbolInformation, DocumentSymbol>>map(Either::forRight)
                .toList());
  }

  @Override
  public CompletableFuture<List<FoldingRange>> foldingRange(FoldingRangeRequestParams params) {
    return in(params.getTextDocument(), List.of(), reading -> Outline.folds(reading.document()));
  }

  @Override
  public CompletableFuture<List<? extends TextEdit>> formatting(DocumentFormattingParams params) {
    return in(params.getTextDocument(), List.of(), Layouts::of);
  }

  @Override
  public CompletableFuture<SemanticTokens> semanticTokensFull(SemanticTokensParams params) {
    return in(params.getTextDocument(), new SemanticTokens(List.of()), Colours::of);
  }

  @Override
  public CompletableFuture<List<Either<Command, CodeAction>>> codeAction(CodeActionParams params) {
    String address = params.getTextDocument().getUri();
    return in(
        params.getTextDocument(),
        List.of(),
        reading -> {
          List<Either<Command, CodeAction>> actions = new ArrayList<>();
          new Actions(desk, address)
              .at(reading, params.getRange())
              .forEach(action -> actions.add(Either.forRight(action)));
          return actions;
        });
  }
}
