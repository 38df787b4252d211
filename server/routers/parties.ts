import { z } from "zod"
import { type Id, isId } from "#contracts/ids.ts"
import {
  addMemberInput,
  changeMemberInput,
  classifyPartyInput,
  correctPartyInput,
  registerPartyInput,
  rejectPartyInput,
  removeMemberInput,
  setProcurementInput,
  submitPartyInput,
  updateBillingInput,
  updatePayeeInput,
  verifyPartyInput,
} from "#contracts/party.ts"
import { entrustInput } from "#contracts/remit.ts"
import {
  classifyParty,
  correctParty,
  entrustRegulator,
  registerParty,
  rejectParty,
  setProcurement,
  submitParty,
  updateBilling,
  updatePayee,
  verifyParty,
} from "../parties/commands.ts"
import { addMember, changeMember, removeMember } from "../parties/member-commands.ts"
import {
  myParties,
  myParty,
  partyCard,
  partyForReview,
  regulatorList,
  verificationQueue,
  verificationQueueInput,
} from "../parties/queries.ts"
import { onboardPayee, payeeState } from "../payments/payees.ts"
import { answered, procedure, router } from "./trpc.ts"

const party = z.strictObject({ party: z.string().refine((text): text is Id<"party"> => isId("party", text)) })

export const parties = router({
  register: procedure
    .input(registerPartyInput)
    .mutation(({ ctx, input }) => answered(registerParty(ctx.services, ctx.actor, input))),
  correct: procedure
    .input(correctPartyInput)
    .mutation(({ ctx, input }) => answered(correctParty(ctx.services, ctx.actor, input))),
  submit: procedure
    .input(submitPartyInput)
    .mutation(({ ctx, input }) => answered(submitParty(ctx.services, ctx.actor, input))),
  updatePayee: procedure
    .input(updatePayeeInput)
    .mutation(({ ctx, input }) => answered(updatePayee(ctx.services, ctx.actor, input))),
  updateBilling: procedure
    .input(updateBillingInput)
    .mutation(({ ctx, input }) => answered(updateBilling(ctx.services, ctx.actor, input))),
  setProcurement: procedure
    .input(setProcurementInput)
    .mutation(({ ctx, input }) => answered(setProcurement(ctx.services, ctx.actor, input))),
  classify: procedure
    .input(classifyPartyInput)
    .mutation(({ ctx, input }) => answered(classifyParty(ctx.services, ctx.actor, input))),
  verify: procedure
    .input(verifyPartyInput)
    .mutation(({ ctx, input }) => answered(verifyParty(ctx.services, ctx.actor, input))),
  reject: procedure
    .input(rejectPartyInput)
    .mutation(({ ctx, input }) => answered(rejectParty(ctx.services, ctx.actor, input))),
  entrust: procedure
    .input(entrustInput)
    .mutation(({ ctx, input }) => answered(entrustRegulator(ctx.services, ctx.actor, input))),
  /** The regulators of the market and what each is entrusted with; for the operator. */
  regulators: procedure.query(({ ctx }) => answered(regulatorList(ctx.services, ctx.actor))),
  addMember: procedure
    .input(addMemberInput)
    .mutation(({ ctx, input }) => answered(addMember(ctx.services, ctx.actor, input))),
  changeMember: procedure
    .input(changeMemberInput)
    .mutation(({ ctx, input }) => answered(changeMember(ctx.services, ctx.actor, input))),
  removeMember: procedure
    .input(removeMemberInput)
    .mutation(({ ctx, input }) => answered(removeMember(ctx.services, ctx.actor, input))),
  mine: procedure.query(({ ctx }) => answered(myParties(ctx.services, ctx.actor))),
  /** Where the party acted for stands with the card rail. */
  payee: procedure.query(({ ctx }) => answered(payeeState(ctx.services, ctx.actor))),
  /** The provider's page on which the party completes its payee account. */
  onboardPayee: procedure.mutation(({ ctx }) => answered(onboardPayee(ctx.services, ctx.actor, ctx.locale))),
  own: procedure.query(({ ctx }) => answered(myParty(ctx.services, ctx.actor))),
  card: procedure
    .input(party)
    .query(({ ctx, input }) => answered(partyCard(ctx.services, ctx.actor, input.party))),
  queue: procedure
    .input(verificationQueueInput)
    .query(({ ctx, input }) => answered(verificationQueue(ctx.services, ctx.actor, input))),
  forReview: procedure
    .input(party)
    .query(({ ctx, input }) => answered(partyForReview(ctx.services, ctx.actor, input.party))),
})
