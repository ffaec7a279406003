import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --config src/lib/server/db/client/drizzle.config.ts` after a change. */
export default defineConfig({
	dialect: 'sqlite',
	schema: './src/lib/server/db/client/schema.ts',
	out: './src/lib/server/db/client/migrations'
});
