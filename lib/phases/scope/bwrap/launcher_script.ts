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
  /**
   * Numbers of descriptors: by the first two the shell says how the command ended, by the third it is
   * told that we have asked it to. See {@link SIGN}.
   */
  signs: readonly [told: number, signalled: number, asked: number];
  /** Whether to wait for what the command has left behind. */
  lingers: boolean;
}

/**
 * What the descriptors of `signs` are to be opened from. When the command is over the shell reads
 * a line of the first, and of the second if a signal has ended it: whoever shares them sees by
 * their positions that they were read. So does the shell, of the third. Nothing can be written
 * there, by nobody: a file of ours the phase could fill, since it finds the descriptors of its
 * shell in `/proc`.
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
 *
 * What was asked to end may take as long as it is given from outside: a shell is ended by the signal
 * at once, and the program that it has started may be writing its checkpoint.
 */
export function launcherScript({ before, signs, lingers }: LauncherOptions): string {
  // What the shell says goes to the sandbox's own memory, where it has a place from the beginning:
  // the command may fill the rest. In a subshell the command's own errors stay apart from that.
  const [told, signalled, asked] = signs;
  return `${before}
echo >${SAID}
exec 9>&2 2>>${SAID}
interrupted=
trap : HUP QUIT TERM USR1 USR2
trap interrupted=1 INT
(exec "$@" 2>&9 9>&- ${told}<&- ${signalled}<&- ${asked}<&-)
code=$?
[ -w ${SAID} ] && read -r line <&${told} && { read -r line; read -r line; } <${SAID} &&
  read -r line <&${signalled}
if read -r line <&${asked}; then
${lingers ? LINGER : ":"}
else
${AWAIT}
fi
exit $code
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
done`;

/** Every 20 milliseconds: what ignores an interruption is asked in another way after a second. */
const INSIST = 50;

/**
 * Waits for who is in our session, and so was asked as well: but for the sandbox's first process. By
 * SIGINT, what a shell has started in the background was not: it ignores that.
 */
const AWAIT = `session() {
  found=
  { read -r line <"$1/stat"; } 2>/dev/null || return 0
  set -- \${line##*) }
  [ "$1" = Z ] || found=$4
}
insist() {
  while read -r name mask; do
    case $name$mask in SigIgn:*[2367abef]) kill -TERM "\${1#/proc/}" ;; esac
  done 2>/dev/null <"$1/status"
}
session /proc/$$
own=$found
left=$own
turn=0
while [ -n "$left" ]; do
  left=
  for process in /proc/[0-9]*; do
    case $process in /proc/1 | /proc/$$) continue ;; esac
    session $process
    [ "$found" = "$own" ] || continue
    left=1
    [ "$interrupted$turn" = 1${INSIST} ] || break
    insist $process
  done
  turn=$((turn + 1))
  [ -z "$left" ] || sleep 0.02
done`;
