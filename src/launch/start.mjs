/**
 * `npm start` on a bare checkout: checks Node, installs from the lock file, builds when sources
 * changed, then runs the server program in this process. Needs nothing but Node and npm.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { root } from './fingerprint.mjs';
import { ensureInstalled, requireNode } from './install.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
process.env.NODE_ENV ??= 'production';
await import(pathToFileURL(join(root, 'build', 'programs', 'server.js')).href);
