/**
 * The shell that starts a command inside of a sandbox.
 *
 * @module
 * @internal
 */

/** How often the shell looks whether they are gone: for a second, and for another when asked to. */
const TURNS = 100;

/** Options of {@link launcherScript}. */
export interface LauncherOptions {
  /** Commands to be executed first. */
  before: string;
  /** Numbers of two descriptors by which the shell says how the command ended: see {@link SIGN}. */
  signs: readonly [told: number, signalled: number];
  /** Whether to wait for what the command has left behind. */
  lingers: boolean;
}

/**
 * What both descriptors of `signs` are to be opened from. When the command is over the shell reads
 * a line of the first, and of the second if a signal has ended it: whoever shares them sees by
 * their positions that they were read. Nothing can be written there, by nobody: a file of ours the
 * phase could fill, since it finds the descriptors of its shell in `/proc`.
 */
export const SIGN = "/proc/sys/kernel/ostype";

/**
 * Returns a shell script that executes its arguments, and exits as they did.
 *
 * Bubblewrap says 128 + n for a command that was ended by signal n, and so do programs that choose
 * to. The shell knows the difference: it has something to say about the one, and nothing about the
 * other. (About SIGINT and SIGPIPE it is silent.)
 *
 * And bubblewrap ends a sandbox with its command. The `tee` of `exec > >(tee log)` would lose what
 * it has not written yet, so that commands of shells get the second that they get without a sandbox.
 */
export function launcherScript({ before, signs, lingers }: LauncherOptions): string {
  // What the shell says goes to the sandbox's own memory, where it has a place from the beginning:
  // the command may fill the rest. In a subshell the command's own errors stay apart from that.
  const [told, signalled] = signs;
  return `${before}
echo >${SAID}
exec 9>&2 2>>${SAID}
trap : HUP INT QUIT TERM USR1 USR2
(exec "$@" 2>&9 9>&- ${told}<&- ${signalled}<&-)
code=$?
[ -w ${SAID} ] && read -r line <&${told} && { read -r line; read -r line; } <${SAID} &&
  read -r line <&${signalled}
${lingers ? LINGER : ""}exit $code
`;
}

/** Every sandbox has this directory for itself. */
const SAID = "/dev/shm/.ending";

/** What is left when all is over: the sandbox's first process, and the shell. */
const LINGER = `turn=0
while set -- /proc/[0-9]* && [ $# -gt 2 ] && [ $turn -lt ${2 * TURNS} ]; do
  [ $turn -eq ${TURNS} ] && kill -TERM -1
  sleep 0.01
  turn=$((turn + 1))
done
`;
