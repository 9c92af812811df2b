package org.flowexp.lsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CodeActionContext;
import org.eclipse.lsp4j.CodeActionParams;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionParams;
import org.eclipse.lsp4j.DefinitionParams;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DocumentFormattingParams;
import org.eclipse.lsp4j.DocumentSymbolParams;
import org.eclipse.lsp4j.FoldingRangeRequestParams;
import org.eclipse.lsp4j.FormattingOptions;
import org.eclipse.lsp4j.Hover;
import org.eclipse.lsp4j.HoverParams;
import org.eclipse.lsp4j.Location;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.ReferenceContext;
import org.eclipse.lsp4j.ReferenceParams;
import org.eclipse.lsp4j.RenameParams;
import org.eclipse.lsp4j.SemanticTokensParams;
import org.eclipse.lsp4j.TextDocumentIdentifier;
import org.eclipse.lsp4j.WorkspaceEdit;
import org.eclipse.lsp4j.services.TextDocumentService;
import org.flowexp.format.Formatter;
import org.flowexp.parse.ExampleFiles;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server over the real protocol, asked by a scripted editor. */
class ProtocolTest {
  private static final String TOY =
      """
      flowexp 1

      import "std/losses" { kl_z, l2 }

      param seed : int = 0

      # how far one step goes
      let far = 2 * 0.5
      fn well(t) = t^4 - 3 * t^2

      system toy = analytic {
        dim = 2
        energy = well(s[0]) + s[1]^2 / 2
      }
      observable left = toy.s[0] < 0
      let half = realnvp { mask = every(2), hidden = [8] }
      architecture net = normal(toy.dim) >> half >> half with { mask = not every(2) }
      loss blend = 0.5 * kl_z + 0.5 * l2
      schedule train {
        phase fit {
          minimize = blend, steps = 20 steps, batch = 64 samples
          optimizer = adam { lr = 1e-3 * far }
        }
      }
      metric ess = effective_sample_size(log_w)
      metric p_left = probability(left)
      experiment toys {
        system = toy, architecture = net, schedule = train, seed = seed
        metrics = [ess, p_left]
      }
      """;

  @TempDir Path folder;
  private Editor editor;
  private String toy;

  @BeforeEach
  void connect() throws Exception {
    editor = new Editor(folder);
    toy = folder.resolve("toy.flowexp").toUri().toString();
  }

  @AfterEach
  void disconnect() throws Exception {
    assertEquals(0, editor.leave());
    editor.close();
  }

  private TextDocumentService texts() {
    return editor.server().getTextDocumentService();
  }

  private static TextDocumentIdentifier id(String address) {
    return new TextDocumentIdentifier(address);
  }

  private static List<String> codes(List<Diagnostic> diagnostics) {
    return diagnostics.stream().map(d -> d.getCode().getLeft()).toList();
  }

  private List<CompletionItem> completion(String address, Position place) throws Exception {
    return Editor.await(texts().completion(new CompletionParams(id(address), place))).getLeft();
  }

  private static List<String> labels(List<CompletionItem> items) {
    return items.stream().map(CompletionItem::getLabel).toList();
  }

  /**
   * Opens the toy with a piece replaced; the place is right after a mark `‸` in the replacement.
   */
  private List<CompletionItem> completionIn(String before, String after) throws Exception {
    String text = TOY.replace(before, after);
    int mark = text.indexOf('‸');
    editor.open(toy, text.replace("‸", ""));
    String written = text.substring(0, mark);
    int line = (int) written.chars().filter(c -> c == '\n').count();
    return completion(toy, new Position(line, mark - written.lastIndexOf('\n') - 1));
  }

  private String hover(String piece, int n) throws Exception {
    Hover hover = Editor.await(texts().hover(new HoverParams(id(toy), editor.at(toy, piece, n))));
    return hover == null ? "" : hover.getContents().getRight().getValue();
  }

  private List<CodeAction> actions(Diagnostic mistake) throws Exception {
    return Editor.await(
            texts()
                .codeAction(
                    new CodeActionParams(
                        id(toy), mistake.getRange(), new CodeActionContext(List.of(mistake)))))
        .stream()
        .map(action -> action.getRight())
        .toList();
  }

  @Test
  void mistakesAppearWhileTypingAndGoAgain() throws Exception {
    editor.open(toy, TOY);
    assertEquals(List.of(), editor.diagnostics(toy).getDiagnostics());
    editor.edit(toy, "steps = 20 steps", "stepps = 20");
    List<Diagnostic> found = editor.diagnostics(toy).getDiagnostics();
    assertEquals(List.of("FX0405"), codes(found));
    Position place = editor.at(toy, "stepps", 1);
    Diagnostic unknown =
        found.stream().filter(d -> d.getRange().getStart().equals(place)).findFirst().orElseThrow();
    assertEquals("flowexp", unknown.getSource());
    assertTrue(unknown.getMessage().getLeft().contains("did you mean `steps`?"), unknown::toString);
    editor.edit(toy, "stepps = 20", "steps = 20 steps");
    assertEquals(List.of(), editor.diagnostics(toy).getDiagnostics());
    editor.close(toy);
    assertEquals(List.of(), editor.diagnostics(toy).getDiagnostics());
  }

  @Test
  void mistakesOfAnImportedFileStandInThatFileAndUnsavedTextCounts() throws Exception {
    Path library = folder.resolve("wells.flowexp");
    Files.writeString(library, "flowexp 1\n\nfn deep(t) = t^4\n");
    String other = library.toUri().toString();
    editor.open(
        toy,
        TOY.replace("fn well(t) = t^4 - 3 * t^2", "import \"wells.flowexp\" { deep }")
            .replace("well(s[0])", "deep(s[0])"));
    assertEquals(List.of(), editor.diagnostics(toy).getDiagnostics());
    editor.open(other, "flowexp 1\n\nfn deeper(t) = t^4\n");
    assertEquals(List.of(), editor.diagnostics(other).getDiagnostics());
    editor.edit(toy, "dim = 2", "dim = 2 ");
    assertEquals(List.of("FX0204"), codes(editor.diagnostics(toy).getDiagnostics()));
    editor.edit(other, "deeper", "deep");
    editor.edit(toy, "dim = 2 ", "dim = 2");
    assertEquals(List.of(), editor.diagnostics(toy).getDiagnostics());
    editor.close(other);
    assertEquals(List.of(), editor.diagnostics(other).getDiagnostics());
    Files.writeString(library, "flowexp 1\n\nfn deep(t) = t^4 +\n");
    editor.edit(toy, "dim = 2", "dim = 2 ");
    assertTrue(codes(editor.diagnostics(other).getDiagnostics()).get(0).startsWith("FX01"));
  }

  @Test
  void completionKnowsTheFieldsOfAWord() throws Exception {
    List<CompletionItem> items = completionIn("hidden = [8] }", "‸ }");
    assertTrue(labels(items).containsAll(List.of("hidden", "activation")), labels(items)::toString);
    assertFalse(labels(items).contains("mask"), "given already");
    assertFalse(labels(items).contains("lr"), "a field of another word");
    CompletionItem hidden =
        items.stream().filter(i -> i.getLabel().equals("hidden")).findFirst().orElseThrow();
    assertTrue(hidden.getDocumentation().getRight().getValue().contains("realnvp"));
    assertTrue(
        labels(completionIn("with { mask = not every(2) }", "with { ‸ }")).contains("hidden"));
    assertTrue(labels(completionIn("steps = 20 steps, ", "‸")).contains("steps"));
    assertTrue(labels(completionIn("metrics = [ess, p_left]", "‸")).contains("evaluate_on"));
  }

  @Test
  void completionOffersValuesThatFitFirst() throws Exception {
    List<CompletionItem> items = completionIn("adam { lr = 1e-3 * far }", "‸");
    assertEquals(
        "adam",
        items.stream()
            .min(java.util.Comparator.comparing(CompletionItem::getSortText))
            .orElseThrow()
            .getLabel());
    List<String> losses = labels(completionIn("minimize = blend", "minimize = ‸"));
    assertTrue(losses.containsAll(List.of("blend", "kl_z", "df_kl_x")), losses::toString);
    assertTrue(labels(completionIn("hidden = [8]", "activation = ‸")).contains("silu"));
  }

  @Test
  void completionOffersUnitsAfterANumber() throws Exception {
    List<String> units = labels(completionIn("steps = 20 steps", "steps = 20 ‸"));
    assertTrue(units.containsAll(List.of("steps", "kJ", "nm")), units::toString);
    assertFalse(units.contains("realnvp"));
    assertTrue(labels(completionIn("steps = 20 steps", "steps = 20 kJ/‸")).contains("mol"));
  }

  @Test
  void completionKnowsMembersDeclarationsAndSources() throws Exception {
    assertEquals(
        List.of("dim", "log_z", "s"), labels(completionIn("normal(toy.dim)", "normal(toy.‸)")));
    assertTrue(
        labels(completionIn("metric ess", "‸\nmetric ess"))
            .containsAll(List.of("sampler", "sweep")));
    assertEquals(
        List.of("data", "model", "latent"),
        labels(completionIn("loss blend = 0.5", "loss extra on ‸\nloss blend = 0.5")));
    assertEquals(
        List.of("std/losses", "std/molecules"), labels(completionIn("\"std/losses\"", "\"‸")));
    assertTrue(labels(completionIn("{ kl_z, l2 }", "{ kl_z, ‸ }")).contains("l2_masked"));
    assertEquals(List.of(), completionIn("# how far", "# how ‸far"));
  }

  @Test
  void anUnimportedLossBringsItsImport() throws Exception {
    CompletionItem masked =
        completionIn("0.5 * l2", "0.5 * l2_m‸").stream()
            .filter(item -> item.getLabel().equals("l2_masked"))
            .findFirst()
            .orElseThrow();
    String text =
        Editor.edited(editor.text(toy), masked.getAdditionalTextEdits())
            .replace("* l2_m\n", "* l2_masked\n");
    assertTrue(text.contains("{ kl_z, l2, l2_masked }"), text);
  }

  @Test
  void hoverShowsTypeUnitValueFormulaAndDocs() throws Exception {
    editor.open(toy, TOY);
    String far = hover("far", 3);
    assertTrue(far.contains("a number, = 1"), far);
    assertTrue(far.contains("how far one step goes"), far);
    assertTrue(hover("dim)", 1).contains("= 2"), () -> "toy.dim");
    String loss = hover("l2", 2);
    assertTrue(loss.contains("loss l2 on model = mean((log_w"), loss);
    assertTrue(hover("realnvp", 1).contains("| `mask` |"), () -> "realnvp");
    assertTrue(hover("hidden", 1).contains("of `realnvp`"), () -> "hidden");
    assertTrue(hover("effective_sample_size", 1).contains("Kish"), () -> "function");
    assertTrue(hover("steps,", 1).contains("(unit)"), () -> "unit");
    assertTrue(hover("blend", 1).contains("`kl_z` on latent"), () -> "blend");
    assertEquals("", hover("how", 1), "a comment");
  }

  @Test
  void hoverConvertsUnits() throws Exception {
    editor.open(toy, TOY.replace("let far = 2 * 0.5", "let far = 1 kcal/mol * 1 nm / 1 nm"));
    String far = hover("far", 2);
    assertTrue(far.contains("= 4.184 kJ/mol"), far);
  }

  @Test
  void aDefinitionIsFoundHereInAnotherFileAndInTheLibrary() throws Exception {
    Path library = folder.resolve("wells.flowexp");
    Files.writeString(library, "flowexp 1\n\nfn deep(t) = t^4\n");
    editor.open(
        toy,
        TOY.replace("fn well(t) = t^4 - 3 * t^2", "import \"wells.flowexp\" { deep }")
            .replace("well(s[0])", "deep(s[0])"));
    Location here = definition("half >>", 1);
    assertEquals(toy, here.getUri());
    assertEquals(editor.at(toy, "half", 1), here.getRange().getStart());
    Location there = definition("deep(s", 1);
    assertEquals(library.toUri().toString(), there.getUri());
    assertEquals(new Range(new Position(2, 3), new Position(2, 7)), there.getRange());
    Location shipped = definition("l2\n", 1);
    String text = Files.readString(Path.of(java.net.URI.create(shipped.getUri())));
    String line = text.lines().toList().get(shipped.getRange().getStart().getLine());
    assertTrue(line.startsWith("loss l2 on model"), line);
    Location file = definition("std/losses", 1);
    assertEquals(shipped.getUri(), file.getUri());
  }

  private Location definition(String piece, int n) throws Exception {
    List<? extends Location> found =
        Editor.await(texts().definition(new DefinitionParams(id(toy), editor.at(toy, piece, n))))
            .getLeft();
    assertEquals(1, found.size(), piece);
    return found.get(0);
  }

  @Test
  void referencesAndRenamesReachOtherFilesAndLeaveArgumentsOfTheSameNameAlone() throws Exception {
    Path user = folder.resolve("user.flowexp");
    Files.writeString(
        user, "flowexp 1\n\nimport \"toy.flowexp\" { well }\n\nfn deep(t) = well(t) + 1\n");
    String text = TOY.replace("fn well(t)", "fn other(well) = well + 1\nfn well(t)");
    Files.writeString(folder.resolve("toy.flowexp"), text);
    editor.open(toy, text);
    Position place = editor.at(toy, "well(s", 1);
    List<? extends Location> references =
        Editor.await(
            texts().references(new ReferenceParams(id(toy), place, new ReferenceContext(true))));
    Map<String, Long> counts =
        references.stream().collect(Collectors.groupingBy(Location::getUri, Collectors.counting()));
    assertEquals(Map.of(toy, 2L, user.toUri().toString(), 2L), counts);
    WorkspaceEdit edit = Editor.await(texts().rename(new RenameParams(id(toy), place, "basin")));
    String renamed = Editor.edited(text, edit.getChanges().get(toy));
    assertEquals(
        text.replace("fn well(t)", "fn basin(t)").replace("well(s[0])", "basin(s[0])"), renamed);
    assertEquals(
        "flowexp 1\n\nimport \"toy.flowexp\" { basin }\n\nfn deep(t) = basin(t) + 1\n",
        Editor.edited(Files.readString(user), edit.getChanges().get(user.toUri().toString())));
  }

  @Test
  void aRenamingThatWouldBreakTheFileIsRefused() throws Exception {
    editor.open(toy, TOY);
    for (String name : List.of("half", "log_w", "if", "two words", "1st", "l2", "")) {
      ExecutionException refusal =
          assertThrows(
              ExecutionException.class,
              () ->
                  Editor.await(
                      texts().rename(new RenameParams(id(toy), editor.at(toy, "well(s", 1), name))),
              name);
      assertTrue(refusal.getMessage().contains("`" + name + "`"), refusal::getMessage);
    }
    assertThrows(
        ExecutionException.class,
        () ->
            Editor.await(
                texts().rename(new RenameParams(id(toy), editor.at(toy, "l2", 1), "mine"))));
    assertThrows(
        ExecutionException.class,
        () ->
            Editor.await(
                texts().rename(new RenameParams(id(toy), editor.at(toy, "realnvp", 1), "mine"))));
  }

  @Test
  void theOutlineHasDeclarationsAndPhases() throws Exception {
    editor.open(toy, TOY);
    var symbols = Editor.await(texts().documentSymbol(new DocumentSymbolParams(id(toy))));
    List<String> names = symbols.stream().map(s -> s.getRight().getName()).toList();
    assertEquals(
        List.of(
            "seed", "far", "well", "toy", "left", "half", "net", "blend", "train", "ess", "p_left",
            "toys"),
        names);
    assertEquals("fit", symbols.get(8).getRight().getChildren().get(0).getName());
    var folds = Editor.await(texts().foldingRange(new FoldingRangeRequestParams(id(toy))));
    List<String> lines = folds.stream().map(f -> f.getStartLine() + "-" + f.getEndLine()).toList();
    assertEquals(List.of("10-13", "18-23", "19-22", "26-29"), lines);
  }

  @Test
  void formattingIsTheFormattersAndLeavesBrokenTextAlone() throws Exception {
    String loose = TOY.replace("t^4 - 3 * t^2", "t^4-3*t^2").replace("dim = 2", "dim=2");
    editor.open(toy, loose);
    var params = new DocumentFormattingParams(id(toy), new FormattingOptions(2, true));
    var edits = Editor.await(texts().formatting(params));
    assertEquals(Formatter.format(ExampleFiles.parsed(loose)), Editor.edited(loose, edits));
    assertEquals(1, edits.size());
    assertTrue(edits.get(0).getRange().getStart().getLine() > 5, "only what changes");
    editor.edit(toy, "dim=2", "dim=");
    assertEquals(List.of(), Editor.await(texts().formatting(params)));
  }

  @Test
  void semanticTokensTellNamesApart() throws Exception {
    editor.open(toy, TOY);
    List<Integer> numbers =
        Editor.await(texts().semanticTokensFull(new SemanticTokensParams(id(toy)))).getData();
    List<String> lines = TOY.lines().toList();
    int line = 0;
    int column = 0;
    StringBuilder told = new StringBuilder();
    for (int i = 0; i < numbers.size(); i += 5) {
      column = numbers.get(i) == 0 ? column + numbers.get(i + 1) : numbers.get(i + 1);
      line += numbers.get(i);
      String word = lines.get(line).substring(column, column + numbers.get(i + 2));
      String type = Colours.legend().getTokenTypes().get(numbers.get(i + 3));
      told.append(word).append(':').append(type).append(numbers.get(i + 4)).append(' ');
    }
    for (String token :
        List.of(
            "well:function1 t:parameter1 t:parameter0",
            "half:variable1 realnvp:class2 mask:property0 every:function2",
            "steps:property0 steps:enumMember0",
            "kl_z:variable0",
            "seed:property0 seed:parameter0")) {
      assertTrue(told.indexOf(token) >= 0, () -> token + " in " + told);
    }
  }

  @Test
  void aFixIsOfferedAndMends() throws Exception {
    for (List<String> mistake :
        List.of(
            List.of("minimize = blend", "minimise = blend", "Replace with `minimize`"),
            List.of("batch = 64 samples", "batch = 64", "Replace with `64 samples`"),
            List.of("probability(left)", "probability(leftt)", "Replace with `left`"),
            List.of("{ kl_z, l2 }", "{ kl_z }", "Import `l2` from \"std/losses\""),
            List.of("\"std/losses\"", "\"std/loses\"", "Replace with `\"std/losses\"`"),
            List.of("fn well", "let idle = 3\nfn well", "Remove `idle`"),
            List.of("flowexp 1\n\n", "", "Write `flowexp 1`"),
            List.of("20 steps", "20 stebs", "Replace with `steps`"))) {
      String wrong = TOY.replace(mistake.get(0), mistake.get(1));
      editor.open(toy, wrong);
      List<Diagnostic> found = editor.diagnostics(toy).getDiagnostics();
      assertFalse(found.isEmpty(), mistake.get(1));
      CodeAction fix =
          found.stream()
              .flatMap(d -> actionsOf(d).stream())
              .filter(a -> a.getTitle().equals(mistake.get(2)))
              .findFirst()
              .orElseThrow(() -> new AssertionError(mistake + ": " + found));
      String mended = Editor.edited(wrong, fix.getEdit().getChanges().get(toy));
      editor.open(toy, mended);
      assertEquals(List.of(), editor.diagnostics(toy).getDiagnostics(), mended);
    }
  }

  @Test
  void whatDoesNotMendIsNotOffered() throws Exception {
    editor.open(toy, TOY.replace("minimize = blend", "minimize = toy"));
    List<Diagnostic> found = editor.diagnostics(toy).getDiagnostics();
    assertFalse(found.isEmpty());
    for (Diagnostic diagnostic : found) {
      for (CodeAction action : actions(diagnostic)) {
        assertFalse(action.getTitle().startsWith("Replace"), action::getTitle);
      }
    }
  }

  private List<CodeAction> actionsOf(Diagnostic mistake) {
    try {
      return actions(mistake);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}
