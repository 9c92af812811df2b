package org.flowexp.lsp;

import org.eclipse.lsp4j.DidChangeConfigurationParams;
import org.eclipse.lsp4j.DidChangeWatchedFilesParams;
import org.eclipse.lsp4j.services.WorkspaceService;

/** What happens around the open texts. */
final class Workspace implements WorkspaceService {
  private final Worker worker;
  private final Texts texts;

  Workspace(Worker worker, Texts texts) {
    this.worker = worker;
    this.texts = texts;
  }

  /** There are no settings: what a file means is in the file. */
  @Override
  public void didChangeConfiguration(DidChangeConfigurationParams params) {}

  @Override
  public void didChangeWatchedFiles(DidChangeWatchedFilesParams params) {
    worker.tell(texts::filesChanged);
  }
}
