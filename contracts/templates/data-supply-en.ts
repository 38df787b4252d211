import type { Template } from "./template.ts"

/** The same contract as data-supply-zh.ts, clause by clause. */
export const dataSupplyEn = {
  id: "data-supply",
  version: 1,
  locale: "en",
  title: "Data supply agreement",
  opening: [
    "Agreement of trade: {trade}",
    "Proposed at: {proposedAt}",
    "Seller: {sellerName}, {sellerIdentifier}, {sellerCountry}",
    "Buyer: {buyerName}, {buyerIdentifier}, {buyerCountry}",
    "The parties make this agreement through {market}, which runs the market, administers the held funds and keeps the certified records. It is neither buyer nor seller here.",
  ],
  clauses: [
    {
      heading: "Subject",
      lines: [
        "Data product: {title} (listing {listing}, registration {registration}).",
        "Form: {form}, format {format}, {rows} rows, {bytes} bytes.",
        "SHA-256 of the version's manifest: {versionHash}. This version alone is the subject; later ones are not.",
        "Source: {source}. Legal basis: {basis}.",
        "Grade of the data: {grade}.",
      ],
    },
    {
      heading: "Rights in the data",
      lines: [
        "Within the terms below the seller grants the buyer the right to use the data, not exclusively. The rights of holding and of operation are not transferred except where a term below expressly permits.",
        "The use that the buyer declares: {use}.",
        "The buyer may:",
        "{may}",
        "The buyer may not:",
        "{mayNot}",
        "The buyer must:",
        "{must}",
        "What is not listed as permitted is not granted. The licence terms of the source go on applying; where they differ from this agreement, they prevail.",
        "How each term is kept stands in brackets. Enforced: the market refuses what goes beyond. Logged: the market records what the buyer declares and does not watch the use. By contract: this agreement alone binds.",
      ],
    },
    {
      heading: "Quality and standard",
      lines: [
        "The data delivered must agree with the fields, the number of rows and the measurements shown on the listing.",
        "The market's measurements tell of the file itself. They do not prove that its content is true, accurate or fit for the buyer's purpose. The seller answers for what the listing declares.",
      ],
    },
    {
      heading: "Delivery",
      lines: [
        {
          when: "paid",
          text: "The seller delivers through the market within {deliveryHours} hours of the funds being held. If not delivered by then, all held funds go back to the buyer.",
        },
        {
          when: "free",
          text: "The seller delivers through the market within {deliveryHours} hours of the confirmation of this agreement.",
        },
        "The market issues a grant to the buyer and compares the hash of the file to be delivered with the registered version. Delivery is made when the grant is issued and that check is done.",
        {
          when: "abroad",
          text: "The buyer is outside the seller's country or region, so the delivery is a transfer abroad. The seller has stated its basis in the registration; both parties keep the rules that apply to it.",
        },
      ],
    },
    {
      heading: "Fees and payment",
      lines: [
        {
          when: "paid",
          text: "Price: {price}, paid once. The buyer pays through the market; the amount is kept as held funds by {holder}.",
        },
        {
          when: "paid",
          text: "After acceptance the held funds, less the market's fee, are paid to the seller. Where this agreement provides for a refund, they go back to the buyer.",
        },
        { when: "free", text: "The data under this agreement are supplied free of charge." },
        "The market issues a statement. Tax invoices are issued by whoever the tax rules oblige.",
      ],
    },
    {
      heading: "Acceptance",
      lines: [
        "The buyer examines the data within {acceptanceHours} hours of delivery. Without an objection by then they count as accepted.",
        "If the data are not those registered, or not as the listing describes, the buyer may open a dispute through the market within that time. Held funds do not move until it is resolved.",
      ],
    },
    {
      heading: "Rights and duties of the parties",
      lines: [
        "The seller warrants that the data come from a lawful source, that it may supply them under this agreement, and that the papers of the registration are true and valid.",
        "The buyer uses the data for the declared use and within the terms granted, does not identify individuals with them, and does no harm to national security or the public interest.",
        "Both parties cooperate with lawful inspections by the authorities.",
      ],
    },
    {
      heading: "Data security",
      lines: [
        "Both parties take technical and organisational measures that fit the grade of the data. On a security incident they act at once, tell the other party without delay and report as the law requires.",
      ],
    },
    {
      heading: "Confidentiality",
      lines: [
        "Each party keeps secret what it learns of the other that is not public, except where the law requires disclosure. The market's public records show neither the parties, the price nor the product in clear.",
      ],
    },
    {
      heading: "Personal information",
      lines: [
        {
          when: "noPersonalData",
          text: "The seller declares that the data hold no personal information. A buyer who finds some stops using it and tells the seller and the market.",
        },
        {
          when: "personalData",
          text: "The data hold personal information. The seller has stated the legal basis and carried out an impact assessment. As recipient the buyer processes it only for the declared purpose and in the declared way, and lets individuals exercise their rights.",
        },
      ],
    },
    {
      heading: "Liability",
      lines: [
        "A party in breach stops the breach and compensates the other for the loss it caused. If the buyer uses the data beyond the terms granted, the seller may ask for the grant to be revoked.",
        "After a revocation or the end of the term, a model that was already trained cannot be called back; the buyer still stops using the data themselves.",
      ],
    },
    {
      heading: "Disputes",
      lines: [
        "The parties first try to agree. A dispute within the acceptance window may be put to the market, which proposes how the held funds are parted on the strength of the certified records. Failing agreement, either party may go to the court that has jurisdiction.",
        "The law of the seller's place ({sellerCountry}) applies, subject to mandatory law.",
      ],
    },
    {
      heading: "Term and end",
      lines: [
        "This agreement takes effect when both parties have confirmed it and lasts until the term of the rights ends. Where no term is named, the rights last until ended by law or by this agreement.",
        "If supervision suspends the trade, all periods stop and go on when the suspension is lifted.",
      ],
    },
    {
      heading: "Other terms",
      lines: [
        "This agreement follows template {template}. What the parties confirm is this whole text, named by the SHA-256 of its UTF-8 bytes; any change to it changes that hash.",
        {
          when: "standing",
          text: "By publishing the plan the seller gives a standing confirmation; the buyer confirms by a click. The market records account, method and time.",
        },
        {
          when: "approval",
          text: "Both parties confirm by a click. The market records account, method and time.",
        },
        "A click is a confirmation. It is not a reliable electronic signature in the sense of electronic signature law; parties who need one sign separately.",
        "Records of the trade and of the identity checks are kept as the law requires.",
      ],
    },
  ],
  closing: ["Nonce: {nonce}"],
} as const satisfies Template
