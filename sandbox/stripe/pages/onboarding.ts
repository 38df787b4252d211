import { findAccount } from "../objects/accounts.ts"
import { changeTransfers } from "../objects/accounts-v1.ts"
import type { AccountLinkRow } from "../state/rows.ts"
import type { World } from "../state/world.ts"
import type { PageAnswer } from "./checkout.ts"
import { escapeHtml, type PageLocale, page } from "./html.ts"
import { words } from "./words.ts"

const usable = (world: World, link: AccountLinkRow): boolean => !link.used && link.expiresAt > world.now()

/** The onboarding page behind an account link; a link that was used or has expired leads to its refresh address. */
export function showOnboarding(world: World, link: AccountLinkRow, locale: PageLocale): PageAnswer {
  if (!usable(world, link)) return { kind: "redirect", to: link.refreshUrl }
  const say = words[locale]
  const account = findAccount(world, link.account)
  const name = account.display_name ?? account.contact_email ?? account.id
  const html = page(
    locale,
    say.onboardTitle,
    `<section class="card"><h1>${say.onboardTitle}</h1><p>${say.onboardText}</p>
<dl><dt>${say.account}</dt><dd>${escapeHtml(name)}</dd><dt>ID</dt><dd><code>${escapeHtml(account.id)}</code></dd></dl>
<form method="post" action="?lang=${locale}"><button name="action" value="complete">${say.onboardDone}</button>
<button class="plain" name="action" value="later">${say.onboardLater}</button></form></section>`,
  )
  return { kind: "page", status: 200, html, formsMayGoTo: origins(link) }
}

const origins = (link: AccountLinkRow): string[] =>
  [link.refreshUrl, link.returnUrl].flatMap((url) => (url === null ? [] : [new URL(url).origin]))

/** Completes the onboarding or leaves it for later; both lead back to the platform. */
export function submitOnboarding(
  world: World,
  token: string,
  link: AccountLinkRow,
  form: URLSearchParams,
): PageAnswer {
  if (!usable(world, link)) return { kind: "redirect", to: link.refreshUrl }
  if (form.get("action") === "complete")
    world.store.write(() => {
      world.store.put("link", token, { ...link, used: true })
      changeTransfers(world, link.account, "active")
    })
  return { kind: "redirect", to: link.returnUrl ?? link.refreshUrl }
}
