package org.flowexp.lsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CompletionItemKind;
import org.eclipse.lsp4j.MarkupContent;
import org.eclipse.lsp4j.MarkupKind;
import org.eclipse.lsp4j.TextEdit;
import org.flowexp.check.Exploration;
import org.flowexp.check.Reference;
import org.flowexp.diagnostics.Diagnostics;
import org.flowexp.parse.Parser;
import org.flowexp.source.SourceFile;
import org.flowexp.syntax.Declaration;
import org.flowexp.syntax.Document;
import org.flowexp.units.Units;

/** What may be written at a place, the likeliest first. */
final class Completions {
  private static final List<String> TYPES =
      List.of(
          "int",
          "real",
          "bool",
          "text",
          "loss",
          "one_of",
          "steps",
          "samples",
          "temperature",
          "length",
          "energy",
          "time",
          "angle");
  private static final Set<String> WITH_SAMPLES = Set.of("loss", "metric", "mask", "observable");

  private final Reading reading;
  private final CursorSite site;
  private final Map<String, CompletionItem> items = new LinkedHashMap<>();

  private Completions(Reading reading, CursorSite site) {
    this.reading = reading;
    this.site = site;
  }

  static List<CompletionItem> at(Reading reading, int offset) {
    CursorSite site = CursorSite.of(reading.source().text(), offset);
    return new Completions(reading, site).items();
  }

  private List<CompletionItem> items() {
    switch (site.place()) {
      case NOTHING -> {}
      case DECLARATION -> CursorSite.DECLARATIONS.forEach(word -> word(word, "declaration", "1"));
      case SOURCE -> List.of("data", "model", "latent").forEach(s -> plain(s, "samples of a loss"));
      case TYPE -> TYPES.forEach(type -> plain(type, "type"));
      case FIELD -> fields();
      case VALUE -> values();
      case UNIT -> units();
      case MEMBER -> members();
      case IMPORT_PATH -> Exploration.libraries().forEach(path -> plain(path, "library"));
      case IMPORT_NAME -> imported();
    }
    return new ArrayList<>(items.values());
  }

  private void fields() {
    String word = site.amended().map(this::wordOf).orElse(site.owner());
    switch (word) {
      case "schedule" -> plain("phase", "one stretch of training");
      case "profile" -> {
        names(Declaration.Param.class);
        names(Declaration.Sweep.class);
      }
      case "sweep" -> {
        names(Declaration.Param.class);
        verdicts();
      }
      default -> {
        for (Reference.Entry entry : WordPages.of(word)) {
          for (Reference.Field field : entry.fields()) {
            if (!site.given().contains(field.name())) {
              String rank = field.fallback().equals("required") ? "0" : "1";
              CompletionItem item = add(field.name(), CompletionItemKind.Field, rank);
              item.setDetail(WordPages.typed(field) + "; " + field.fallback());
              document(item, WordPages.page(word, field));
              item.setInsertText(field.name() + " = ");
            }
          }
        }
        if (word.equals("experiment")) {
          verdicts();
        }
      }
    }
  }

  private void verdicts() {
    word("expect", "verdict", "2");
    word("claim", "verdict", "2");
  }

  private <D extends Declaration.Named> void names(Class<D> kind) {
    for (Declaration declaration : reading.document().declarations()) {
      if (kind.isInstance(declaration)) {
        declared((Declaration.Named) declaration, "0");
      }
    }
  }

  /** The word that a value was made of. */
  private String wordOf(String name) {
    SourceFile source = new SourceFile("amended", name);
    return ExpressionNames.wordOf(
        Parser.expression(source, new Diagnostics()), reading.exploration());
  }

  private void values() {
    Optional<Reference.Field> field =
        WordPages.field(site.amended().map(this::wordOf).orElse(site.owner()), site.field());
    String wanted = field.map(Reference.Field::type).orElse("");
    arguments();
    for (Declaration declaration : reading.document().declarations()) {
      if (declaration instanceof Declaration.Named named) {
        declared(named, wanted.endsWith(named.kind()) ? "0" : "1");
      }
    }
    reading
        .exploration()
        .imports()
        .forEach(
            (name, foreign) ->
                foreign
                    .declaration()
                    .ifPresentOrElse(named -> declared(named, "1"), () -> plain(name, "file")));
    choices(wanted);
    for (Reference.Entry entry : WordPages.entries()) {
      entry(entry, wanted);
    }
  }

  /** The named arguments of a word in the form of a function. */
  private void arguments() {
    if (!site.field().isEmpty() || site.owner().isEmpty()) {
      return;
    }
    for (Reference.Entry entry : WordPages.of(site.owner())) {
      for (Reference.Field field : entry.fields()) {
        CompletionItem item = add(field.name(), CompletionItemKind.Field, "0");
        item.setDetail(WordPages.typed(field));
        document(item, WordPages.page(entry.name(), field));
        item.setInsertText(field.name() + " = ");
      }
    }
  }

  /** The words of a field that knows its values: `one of silu, tanh`. */
  private void choices(String wanted) {
    if (wanted.startsWith("one of ")) {
      for (Token choice : Token.of(wanted, wanted.length())) {
        if (choice.isName() && choice.start() >= "one of ".length() && !choice.is("or")) {
          add(choice.text(), CompletionItemKind.EnumMember, "0")
              .setDetail("a value of `" + site.field() + "`");
        }
      }
    }
  }

  private void entry(Reference.Entry entry, String wanted) {
    boolean samples = WITH_SAMPLES.contains(site.field()) || wanted.contains("formula");
    switch (entry.group()) {
      case "function", "constant" -> word(entry.name(), entry.group(), "3");
      case "variable" -> {
        if (samples) {
          word(entry.name(), "variable", "2");
        }
      }
      case "loss of std/losses" -> library(entry);
      case "unit", "declaration", "verdict", "keyword", "method", "block" -> {}
      default -> part(entry, wanted);
    }
  }

  private void part(Reference.Entry entry, String wanted) {
    String rank = wanted.toLowerCase(Locale.ROOT).contains(entry.group()) ? "0" : "4";
    CompletionItem item = add(entry.name(), CompletionItemKind.Class, rank);
    item.setDetail(entry.group());
    document(item, WordPages.page(entry));
  }

  /** A loss that is not imported yet brings its import. */
  private void library(Reference.Entry entry) {
    if (items.containsKey(entry.name())) {
      return;
    }
    CompletionItem item = add(entry.name(), CompletionItemKind.Function, "5");
    item.setDetail(entry.group());
    document(item, WordPages.page(entry));
    Edit edit = Imports.adding(reading.document(), "std/losses", entry.name());
    item.setAdditionalTextEdits(
        List.of(new TextEdit(Places.range(edit.span()), edit.replacement())));
  }

  private void units() {
    for (String symbol : Units.symbols()) {
      CompletionItem item = add(symbol, CompletionItemKind.Unit, "0");
      WordPages.unit(symbol).ifPresent(page -> document(item, page));
      item.setDetail(
          Units.find(symbol)
              .filter(unit -> !unit.dimension().isNone())
              .map(unit -> unit.dimension().toString())
              .orElse("a plain number"));
    }
  }

  private void members() {
    SourceFile source = new SourceFile("member", site.field(), reading.source().folder());
    Diagnostics mistakes = new Diagnostics();
    var target = Parser.expression(source, mistakes);
    if (!mistakes.hasErrors()) {
      for (String member : reading.exploration().members(target)) {
        CompletionItem item = add(member, CompletionItemKind.Property, "0");
        WordPages.page(member).ifPresent(page -> document(item, page));
      }
    }
  }

  private void imported() {
    SourceFile source = reading.source();
    for (Declaration declaration : reading.document().declarations()) {
      if (declaration instanceof Declaration.Import wanted && wanted.path().equals(site.owner())) {
        reading.exploration().imported(wanted).ifPresent(this::namesOf);
        return;
      }
    }
    Document lone =
        Parser.parse(
            new SourceFile(
                source.name(), "flowexp 1\nimport \"" + site.owner() + "\"", source.folder()),
            new Diagnostics());
    lone.declarations().stream()
        .filter(Declaration.Import.class::isInstance)
        .map(Declaration.Import.class::cast)
        .forEach(wanted -> reading.exploration().imported(wanted).ifPresent(this::namesOf));
  }

  private void namesOf(Document file) {
    for (Declaration declaration : file.declarations()) {
      if (declaration instanceof Declaration.Named named) {
        declared(named, "0");
      }
    }
  }

  private void declared(Declaration.Named named, String rank) {
    CompletionItemKind kind =
        named instanceof Declaration.Function || named instanceof Declaration.Loss
            ? CompletionItemKind.Function
            : CompletionItemKind.Variable;
    CompletionItem item = add(named.name().text(), kind, rank);
    item.setDetail(named.kind());
    document(item, WordPages.code(named.span().text()));
  }

  private void word(String name, String detail, String rank) {
    CompletionItem item =
        add(
            name,
            switch (detail) {
              case "function" -> CompletionItemKind.Function;
              case "constant" -> CompletionItemKind.Constant;
              case "variable" -> CompletionItemKind.Variable;
              default -> CompletionItemKind.Keyword;
            },
            rank);
    item.setDetail(detail);
    WordPages.page(name).ifPresent(page -> document(item, page));
  }

  private void plain(String name, String detail) {
    add(name, CompletionItemKind.Value, "0").setDetail(detail);
  }

  private CompletionItem add(String label, CompletionItemKind kind, String rank) {
    CompletionItem item = new CompletionItem(label);
    item.setKind(kind);
    item.setSortText(rank + label);
    CompletionItem known = items.putIfAbsent(label, item);
    return known == null ? item : known;
  }

  private static void document(CompletionItem item, String page) {
    item.setDocumentation(new MarkupContent(MarkupKind.MARKDOWN, page));
  }
}
