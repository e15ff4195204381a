/**
 * Processes that outlive a command by a moment.
 *
 * @module
 * @internal
 */

/** How often the shell looks whether they are gone: for a second, and for another when asked to. */
const TURNS = 100;

/**
 * Returns a shell script that executes its arguments, then waits until what they have left behind
 * is over, and exits as they did.
 *
 * Bubblewrap ends a sandbox with its command. The `tee` of `exec > >(tee log)` would lose what it
 * has not written yet, so that commands of shells get the second that they get without a sandbox.
 *
 * @param before Commands to be executed first.
 */
export function lingerScript(before: string): string {
  // Messages of this shell about how the command ended go nowhere: they are not the command's.
  // What is left when all is over: the sandbox's first process, and this shell.
  return `${before}
exec 9>&2 2>/dev/null
trap : HUP INT QUIT TERM USR1 USR2
"$@" 2>&9 9>&-
code=$?
turn=0
while set -- /proc/[0-9]* && [ $# -gt 2 ] && [ $turn -lt ${2 * TURNS} ]; do
  [ $turn -eq ${TURNS} ] && kill -TERM -1
  sleep 0.01
  turn=$((turn + 1))
done
exit $code
`;
}
