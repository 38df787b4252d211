import { memberRoles } from "#contracts/actor.ts"
import type { Locale } from "#contracts/localized-text.ts"
import { party as words } from "../../../../_lib/messages/party.ts"
import { Badge } from "../../../../_ui/chip.tsx"
import { Panel } from "../../../../_ui/panel.tsx"
import { Table } from "../../../../_ui/table.tsx"
import { RemoveMember, SeatDialog } from "./member-actions.tsx"

type Member = { user: string; name: string; email: string; role: (typeof memberRoles)[number] }

/** Who acts for the party, and in which role. `mayManage` decides what is shown, the server what is allowed. */
export function Members(props: {
  locale: Locale
  members: readonly Member[]
  user: string
  mayManage: boolean
}) {
  const { locale, members, user, mayManage } = props
  const t = words[locale]
  const roles = memberRoles.map((value) => ({
    value,
    label: t.memberRoles[value],
    hint: t.memberRoleHints[value],
  }))
  const seat = { email: t.email, role: t.role, unknown: t.unknownEmail }
  return (
    <Panel
      title={t.members}
      footer={mayManage ? t.membersLead : `${t.membersLead} ${t.onlyAdministrators}`}
      actions={
        mayManage ? (
          <SeatDialog
            words={{ ...seat, open: t.add, label: t.add, busy: t.adding, lead: t.addLead }}
            roles={roles}
            why={null}
          />
        ) : null
      }
      flush
    >
      <Table
        bare
        caption={t.members}
        rows={members}
        rowKey={(row) => row.user}
        columns={[
          {
            key: "name",
            label: t.member,
            heading: true,
            cell: (row) => (
              <span className="flex items-center gap-1.5">
                {row.name}
                {row.user === user ? <Badge>{t.you}</Badge> : null}
              </span>
            ),
          },
          { key: "email", label: t.email, wide: true, cell: (row) => row.email },
          { key: "role", label: t.role, cell: (row) => t.memberRoles[row.role] },
          {
            key: "act",
            label: <span className="sr-only">{t.changeRole}</span>,
            align: "right",
            cell: (row) => (
              <span className="inline-flex gap-2">
                {mayManage ? (
                  <SeatDialog
                    words={{ ...seat, open: t.changeRole, label: t.changeRole, busy: t.saving }}
                    roles={roles}
                    member={row}
                    why={null}
                  />
                ) : null}
                {mayManage || row.user === user ? (
                  <RemoveMember
                    user={row.user}
                    words={{
                      label: row.user === user ? t.leave : t.remove,
                      busy: t.removing,
                      lead: t.removeLead(row.name),
                    }}
                    why={null}
                  />
                ) : null}
              </span>
            ),
          },
        ]}
      />
    </Panel>
  )
}
