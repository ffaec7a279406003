import type { Instance } from '#lib/server/instance.ts';
import type { Actor, Context, ControlContext } from '#lib/server/context.ts';
import type { SignedInUser } from '#lib/server/auth/sessions.ts';
import type { Locale, LocalText } from '#lib/engine/diagnostics/diagnostic.ts';

declare global {
	namespace App {
		interface Error {
			/** Code of the refusal, e.g. `not_found`. */
			code?: string;
			text?: LocalText;
			advice?: LocalText;
			/** HTTP status of the refusal; Kit's own is 500 for everything a use case refuses. */
			status?: number;
			/** Number of the request, to be told to the administrator. */
			requestId?: string;
		}

		interface Locals {
			readonly instance: Instance;
			/** Language of the answer. */
			locale: Locale;
			/** Number of this request, as in the log and the `x-request-id` header. */
			requestId: string;
			/** Who signed in; null for nobody. */
			user: SignedInUser | null;
			/** For accounts, clients and sessions. */
			control: ControlContext;
			/**
			 * The client of the address and who the user is there. Reading them on an address without a
			 * client, or before somebody signed in, is refused.
			 */
			readonly ctx: Context;
			readonly actor: Actor;
		}
	}
}

export {};
