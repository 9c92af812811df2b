"use strict";
// Starts `run-experiment lsp` and lets the editor talk to it; everything else the server does.
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

/** The program as set; a bare name is looked for in the first folder of a trusted workspace, then on the PATH. */
function program() {
  const set = vscode.workspace.getConfiguration("flowexp").get("command") || "run-experiment";
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  const bare = path.basename(set) === set;
  if (bare && folder && vscode.workspace.isTrusted) {
    const names = process.platform === "win32" ? [`${set}.cmd`, set] : [set];
    const here = names.map((name) => path.join(folder, name)).find((file) => fs.existsSync(file));
    if (here) return here;
  }
  return set;
}

async function start() {
  const command = program();
  const shell = process.platform === "win32"; // .cmd files start only through it
  client = new LanguageClient(
    "flowexp",
    "FlowExp",
    { command, args: ["lsp"], options: { shell, cwd: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath } },
    {
      documentSelector: [{ language: "flowexp" }],
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher("**/*.flowexp") },
    },
  );
  try {
    await client.start();
  } catch (failure) {
    vscode.window.showErrorMessage(
      `FlowExp: \`${command} lsp\` does not start (${failure.message ?? failure}). ` +
        "Set `flowexp.command` to the path of run-experiment; colours work without it.",
    );
  }
}

exports.activate = async (context) => {
  context.subscriptions.push(
    vscode.commands.registerCommand("flowexp.restart", async () => {
      await client?.stop().catch(() => {});
      await start();
    }),
  );
  await start();
};

exports.deactivate = () => client?.stop();
