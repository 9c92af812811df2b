// What the TextMate grammar makes of lines of the language. Each line is followed by expectations: a piece of it, and
// a scope that the piece must have, or with `!` must not have.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const oniguruma = require("vscode-oniguruma");
const textmate = require("vscode-textmate");
const here = path.dirname(fileURLToPath(import.meta.url));
const file = path.join(here, "../syntaxes/flowexp.tmLanguage.json");

const wasm = fs.readFileSync(require.resolve("vscode-oniguruma/release/onig.wasm"));
await oniguruma.loadWASM(wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(fs.readFileSync(file, "utf8"), file),
});
const grammar = await registry.loadGrammar("source.flowexp");

const cases = [
  ["flowexp 1", "flowexp keyword.other", "1 constant.numeric"],
  ['import "std/losses" { kl_x, l2 }', "import keyword.control.import", "std/losses string.quoted"],
  ["## Which loss?", "Which comment.line.documentation"],
  ["param seed : int = 0  # root", "param storage.type", "seed entity.name", "0 constant.numeric", "root comment.line"],
  ["param n : samples = 1_000 samples", "1_000 constant.numeric"],
  ["  batch = 64 samples, steps = 20 steps", "samples keyword.other.unit", "batch variable.other.property"],
  ["let k = 500 kJ/mol/nm^2 + 1", "500 constant.numeric", "kJ/mol/nm^2 keyword.other.unit"],
  ["let p = 20 %", "% keyword.other.unit"],
  ["  objective in [l2], seed in 0..4", "0 constant.numeric", ".. keyword.operator", "4 constant.numeric", "in keyword.control"],
  ["let y = if 3 < 4 then 1 else 2", "if keyword.control", "then !keyword.other.unit", "else !keyword.other.unit"],
  ["energy = sum(s[i]^2 / 2 for i in 1..11)", "for !keyword.other.unit", "for keyword.control", "sum entity.name.function", "s variable.language"],
  ["loss l2 on model = mean((log_w - stop(mean(log_w)))^2)", "loss storage.type", "l2 entity.name", "on keyword.control", "model support.constant.source", "log_w variable.language"],
  ["  data = imperfect, minimize = kl_x", "data !storage.type", "data variable.other.property"],
  ["data all = pt.draw(100_000 samples)", "data storage.type", "all entity.name", "draw entity.name.function"],
  ["  phase repair data_free {", "phase storage.type", "repair entity.name", "data_free keyword.control"],
  ["experiment atoms extends shapes { system = posed }", "extends keyword.control", "system variable.other.property"],
  ["architecture net = normal(2) >> 4 * (half >> half with { mask = not even })", ">> keyword.operator", "with keyword.control", "with !entity.name.type", "mask variable.other.property", "not keyword.control"],
  ["let half = realnvp { hidden = [8] }", "realnvp entity.name.type"],
  ['  claim "a \\"b\\"": x[l2] < x[kl] with confidence 95 %', "claim keyword.control", "confidence keyword.control", "95 constant.numeric"],
  ['  expect "no drift": kl within 2.5 of baseline', "expect keyword.control", "within keyword.control", "baseline keyword.control"],
  ["lr = cosine(1e-3 -> 2e-5, warmup = 50 steps)", "1e-3 constant.numeric", "-> keyword.operator", "warmup variable.other.property"],
  ["let ok = true and a == b", "true constant.language", "== keyword.operator", "and keyword.control"],
  ["let größe = 3 Å", "größe entity.name", "Å keyword.other.unit"],
  ["let d = toy.dim", "dim variable.other.member"],
];

let checks = 0;
for (const [line, ...expectations] of cases) {
  const tokens = grammar.tokenizeLine(line, textmate.INITIAL).tokens;
  for (const expectation of expectations) {
    const split = expectation.lastIndexOf(" ");
    const piece = expectation.slice(0, split);
    const wanted = expectation.slice(split + 1);
    const escaped = piece.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
    const word = /^[\p{L}\p{N}_]/u.test(piece) ? `(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])` : escaped;
    const at = line.search(new RegExp(word, "u"));
    assert.ok(at >= 0, `\`${piece}\` is not in: ${line}`);
    const scopes = tokens.find((token) => token.startIndex <= at && at < token.endIndex).scopes;
    const name = wanted.replace(/^!/, "");
    const has = scopes.some((scope) => scope === name || scope.startsWith(`${name}.`));
    assert.equal(has, !wanted.startsWith("!"), `\`${piece}\` in \`${line}\` has ${scopes.join(" ")}, expected ${wanted}`);
    checks += 1;
  }
}

// Whole files: strings and comments end where they should, and nothing is marked illegal.
const root = path.join(here, "../../..");
const folders = ["experiments", "src/main/resources/org/flowexp/std"].map((folder) => path.join(root, folder));
let lines = 0;
for (const folder of folders) {
  for (const name of fs.readdirSync(folder).filter((entry) => entry.endsWith(".flowexp"))) {
    let state = textmate.INITIAL;
    for (const line of fs.readFileSync(path.join(folder, name), "utf8").split(/\r?\n/)) {
      const result = grammar.tokenizeLine(line, state);
      state = result.ruleStack;
      assert.equal(state.depth, 1, `a string or comment goes on after: ${line}`);
      for (const token of result.tokens) {
        assert.ok(!token.scopes.some((scope) => scope.startsWith("invalid")), `illegal in ${name}: ${line}`);
      }
      lines += 1;
    }
  }
}
assert.ok(lines > 100, "the example files have been read");
console.log(`${checks} scopes of ${cases.length} lines, and ${lines} lines of files: ok`);
