import { defineConfig } from 'drizzle-kit';

/** `npx drizzle-kit generate --config src/lib/server/db/control/drizzle.config.ts` after a change. */
export default defineConfig({
	dialect: 'sqlite',
	schema: './src/lib/server/db/control/schema.ts',
	out: './src/lib/server/db/control/migrations'
});
