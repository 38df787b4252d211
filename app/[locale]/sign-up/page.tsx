import type { Metadata } from "next"
import { AccountPage } from "../../_account/account-page.tsx"
import { account } from "../../_lib/messages/account.ts"
import { localeOf } from "../../_lib/page.ts"

type Props = { params: Promise<{ locale: string }>; searchParams: Promise<{ next?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: account[localeOf((await params).locale)].signUp }
}

export default async function Page({ params, searchParams }: Props) {
  return (
    <AccountPage kind="signUp" locale={localeOf((await params).locale)} next={(await searchParams).next} />
  )
}
