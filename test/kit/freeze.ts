/**
 * Stops processes where they are, so that what they are at stays as it is for as long as a test looks; a job on a quick machine would be over first.
 * @returns lets those that still live go on
 */
export function freeze(pids: readonly number[]): () => void {
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGCONT');
      } catch {
        // It was killed meanwhile.
      }
    }
  };
}
