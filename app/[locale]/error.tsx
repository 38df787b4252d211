"use client"

import { ErrorPage, type ErrorPageProps } from "../_shell/error-page.tsx"

export default function PageError(props: ErrorPageProps) {
  return <ErrorPage {...props} />
}
