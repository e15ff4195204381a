/**
 * Draws an entry on a terminal that knows no escape sequences, as `TERM=dumb` says.
 *
 * @module
 */

import { displayWidth } from "../../display/display_width.ts";
import type { EntryScreen, ScreenContent } from "./entry_screen.ts";
import type { Terminal } from "./terminal.ts";

/** Makes a screen that only adds at the end, and takes away there; else the entry is shown again. */
export function plainScreen(terminal: Terminal): EntryScreen {
  let last: ScreenContent | null = null;
  /** What stands behind the cursor's line start, prompts included; null for nothing yet. */
  let shown: string | null = null;

  function draw(content: ScreenContent): void {
    last = content;
    const [first, next] = content.prompts;
    const text = first + content.text.slice(0, content.cursor).replaceAll("\n", `\n${next}`);
    const below = content.below.join("\n");
    if (below !== "") {
      terminal.write(lines(`\n${below}\n${text}`));
    } else if (shown === null) terminal.write(lines(text));
    else if (text.startsWith(shown)) terminal.write(lines(text.slice(shown.length)));
    else if (shown.startsWith(text) && !shown.slice(text.length).includes("\n")) {
      terminal.write("\b \b".repeat(displayWidth(shown.slice(text.length))));
    } else terminal.write(lines(`\n${text}`));
    shown = text;
  }

  return {
    draw,
    resized() {},
    hide() {
      if (shown !== null) terminal.write("\r\n");
      shown = null;
    },
    forget() {
      shown = null;
    },
    leave(mark) {
      if (last !== null) draw({ ...last, cursor: last.text.length, below: [] });
      terminal.write(`${mark}\r\n`);
      shown = null;
    },
  };
}

function lines(text: string): string {
  return text.replaceAll("\n", "\r\n");
}
