import Stripe from "stripe"

/** For tests: the SDK repeats a lost call at once and not after half a second, for what is tested is what it repeats. */
Stripe.prototype.getInitialNetworkRetryDelay = () => 0.01
