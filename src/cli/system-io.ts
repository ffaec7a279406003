/** The real world for the command line. */
import { once } from 'node:events';
import process from 'node:process';
import type { Io } from './io.ts';

/** Standard streams and environment of this process. */
export function systemIo(): Io {
	// A reader that has seen enough (`| head`) closes the pipe: that is no error.
	process.stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code === 'EPIPE') process.exit(0);
		throw error;
	});
	return {
		env: process.env,
		cwd: process.cwd(),
		readInput: async () => {
			const chunks: Uint8Array[] = [];
			for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
			return Buffer.concat(chunks);
		},
		write: async (text) => {
			if (!process.stdout.write(text)) await once(process.stdout, 'drain');
		},
		log: (text) => void process.stderr.write(text),
		isTerminal: process.stdout.isTTY === true
	};
}
