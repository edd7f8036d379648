// The document: theme and density come from cookies, so that nothing flashes and no inline script is needed.
import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { preferences } from './_session/preferences'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Rollcall', template: '%s · Rollcall' },
  description: 'Every machine identity, answered for.',
  robots: { index: false, follow: false },
}
export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const { theme, density } = await preferences()
  return (
    <html lang="en" className={`theme-${theme} density-${density} scroll-pt-28`}>
      <body className="font-sans antialiased">{children}</body>
    </html>
  )
}
