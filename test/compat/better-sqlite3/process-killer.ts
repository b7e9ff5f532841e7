/* Kills the process of id `argv[2]` a moment after it has said so (a port, by the rules here). */
process.stdout.write("0\n");
setTimeout(() => process.kill(Number(process.argv[2]), "SIGKILL"), 1_000);
process.stdin.resume();
process.stdin.once("end", () => process.exit(0));
