import { config } from "zod"

// In a browser zod must not try whether it may compile code: the policy of our pages forbids it, and the attempt
// alone is reported as a violation. Imported for this effect by components that check forms in the browser.
config({ jitless: true })
