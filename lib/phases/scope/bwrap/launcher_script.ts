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
  /** Number of the descriptor by which the shell says how the command ended: see {@link ENDINGS}. */
  ending: number;
  /** Whether to wait for what the command has left behind. */
  lingers: boolean;
}

/**
 * What the descriptor `ending` is to lead to. The shell reads a line when the command is over, and
 * two if a signal has ended it: whoever shares the descriptor sees by its position how far it came.
 * That tells no more than this, and leaves no trace on the host, whatever else uses the descriptor.
 */
export const ENDINGS = "exited\nsignalled\n";

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
export function launcherScript({ before, ending, lingers }: LauncherOptions): string {
  // What the shell says goes to the sandbox's own memory, where it has a place from the beginning:
  // the command may fill the rest. In a subshell the command's own errors stay apart from that.
  return `${before}
echo >${SAID}
exec 9>&2 2>>${SAID}
trap : HUP INT QUIT TERM USR1 USR2
(exec "$@" 2>&9 9>&- ${ending}<&-)
code=$?
[ -w ${SAID} ] && read -r line <&${ending} && { read -r line; read -r line; } <${SAID} &&
  read -r line <&${ending}
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
