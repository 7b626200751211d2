/** Loaded before every command, in syntax that any Node can read: the oldest one that works, said in words. */
var minimum = [20, 19];
var version = process.versions.node.split(".").map(Number);

if (version[0] < minimum[0] || (version[0] === minimum[0] && version[1] < minimum[1])) {
  console.error(`Podshift needs Node ${minimum.join(".")} or newer; this is ${process.versions.node}.`);
  console.error("Install a newer one from https://nodejs.org and try again.");
  process.exit(1);
}
