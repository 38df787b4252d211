import { notFound } from "next/navigation"
import { isLocale } from "../_lib/locale.ts"
import { HomeFrame } from "../_shell/home-frame.tsx"

export default async function HomePage({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params
  if (!isLocale(locale)) notFound()
  return <HomeFrame locale={locale} />
}
