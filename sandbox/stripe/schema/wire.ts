import type Stripe from "stripe"

/** The objects that the sandbox answers, by their `object`: the schemas of responses are derived from these. */
export type Responses = {
  account: Stripe.Account
  balance: Stripe.Balance
  balance_transaction: Stripe.BalanceTransaction
  bank_account: Stripe.BankAccount
  charge: Stripe.Charge
  "checkout.session": Stripe.Checkout.Session
  customer: Stripe.Customer
  dispute: Stripe.Dispute
  event: Stripe.EventBase
  item: Stripe.LineItem
  payment_intent: Stripe.PaymentIntent
  payout: Stripe.Payout
  price: Stripe.Price
  refund: Stripe.Refund
  topup: Stripe.Topup
  transfer: Stripe.Transfer
  transfer_reversal: Stripe.TransferReversal
  "v2.core.account": Stripe.V2.Core.Account
  "v2.core.account_link": Stripe.V2.Core.AccountLink
  webhook_endpoint: Stripe.WebhookEndpoint
}

/** The parameters that Stripe knows, by route: those that a route does not model are told apart from unknown ones. */
export type Requests = {
  "GET /v1/account": Stripe.AccountRetrieveCurrentParams
  "GET /v1/accounts": Stripe.AccountListParams
  "GET /v1/accounts/:id": Stripe.AccountRetrieveParams
  "GET /v1/accounts/:id/external_accounts": Stripe.AccountListExternalAccountsParams
  "POST /v1/accounts/:id/external_accounts": Stripe.AccountCreateExternalAccountParams
  "GET /v1/accounts/:id/external_accounts/:bank": Stripe.AccountRetrieveExternalAccountParams
  "GET /v1/balance": Stripe.BalanceRetrieveParams
  "GET /v1/balance_transactions": Stripe.BalanceTransactionListParams
  "GET /v1/balance_transactions/:id": Stripe.BalanceTransactionRetrieveParams
  "GET /v1/charges": Stripe.ChargeListParams
  "GET /v1/charges/:id": Stripe.ChargeRetrieveParams
  "POST /v1/charges/:id": Stripe.ChargeUpdateParams
  "GET /v1/checkout/sessions": Stripe.Checkout.SessionListParams
  "POST /v1/checkout/sessions": Stripe.Checkout.SessionCreateParams
  "GET /v1/checkout/sessions/:id": Stripe.Checkout.SessionRetrieveParams
  "POST /v1/checkout/sessions/:id": Stripe.Checkout.SessionUpdateParams
  "POST /v1/checkout/sessions/:id/expire": Stripe.Checkout.SessionExpireParams
  "GET /v1/checkout/sessions/:id/line_items": Stripe.Checkout.SessionListLineItemsParams
  "GET /v1/customers": Stripe.CustomerListParams
  "POST /v1/customers": Stripe.CustomerCreateParams
  "GET /v1/customers/:id": Stripe.CustomerRetrieveParams
  "POST /v1/customers/:id": Stripe.CustomerUpdateParams
  "DELETE /v1/customers/:id": Stripe.CustomerDeleteParams
  "GET /v1/disputes": Stripe.DisputeListParams
  "GET /v1/disputes/:id": Stripe.DisputeRetrieveParams
  "POST /v1/disputes/:id": Stripe.DisputeUpdateParams
  "POST /v1/disputes/:id/close": Stripe.DisputeCloseParams
  "GET /v1/events": Stripe.EventListParams
  "GET /v1/events/:id": Stripe.EventRetrieveParams
  "GET /v1/payment_intents": Stripe.PaymentIntentListParams
  "GET /v1/payment_intents/:id": Stripe.PaymentIntentRetrieveParams
  "POST /v1/payment_intents/:id": Stripe.PaymentIntentUpdateParams
  "GET /v1/payouts": Stripe.PayoutListParams
  "POST /v1/payouts": Stripe.PayoutCreateParams
  "GET /v1/payouts/:id": Stripe.PayoutRetrieveParams
  "POST /v1/payouts/:id": Stripe.PayoutUpdateParams
  "POST /v1/payouts/:id/cancel": Stripe.PayoutCancelParams
  "GET /v1/refunds": Stripe.RefundListParams
  "POST /v1/refunds": Stripe.RefundCreateParams
  "GET /v1/refunds/:id": Stripe.RefundRetrieveParams
  "POST /v1/refunds/:id": Stripe.RefundUpdateParams
  "GET /v1/transfers": Stripe.TransferListParams
  "POST /v1/transfers": Stripe.TransferCreateParams
  "GET /v1/transfers/:id": Stripe.TransferRetrieveParams
  "POST /v1/transfers/:id": Stripe.TransferUpdateParams
  "GET /v1/transfers/:id/reversals": Stripe.TransferListReversalsParams
  "GET /v1/transfers/:id/reversals/:reversal": Stripe.TransferRetrieveReversalParams
  "POST /v1/transfers/:id/reversals": Stripe.TransferCreateReversalParams
  "GET /v1/webhook_endpoints": Stripe.WebhookEndpointListParams
  "POST /v1/webhook_endpoints": Stripe.WebhookEndpointCreateParams
  "GET /v1/webhook_endpoints/:id": Stripe.WebhookEndpointRetrieveParams
  "POST /v1/webhook_endpoints/:id": Stripe.WebhookEndpointUpdateParams
  "DELETE /v1/webhook_endpoints/:id": Stripe.WebhookEndpointDeleteParams
  "POST /v2/core/account_links": Stripe.V2.Core.AccountLinkCreateParams
  "POST /v2/core/accounts": Stripe.V2.Core.AccountCreateParams
  "GET /v2/core/accounts/:id": Stripe.V2.Core.AccountRetrieveParams
}
