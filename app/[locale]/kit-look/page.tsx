import { isLocale } from "../../_lib/locale.ts"
import { Button, ButtonLink } from "../../_ui/button.tsx"
import { Histogram, NullBar } from "../../_ui/charts.tsx"
import { Badge, ClaimChip, StatusChip } from "../../_ui/chip.tsx"
import { Checkbox, FormError, RadioGroup } from "../../_ui/choices.tsx"
import { CodeBlock } from "../../_ui/code-block.tsx"
import { DefinitionList } from "../../_ui/definition-list.tsx"
import { Dialog } from "../../_ui/dialog.tsx"
import { Select, TextArea, TextField } from "../../_ui/fields.tsx"
import { Hash } from "../../_ui/hash.tsx"
import { Explained } from "../../_ui/hint.tsx"
import { Link, QuietLink } from "../../_ui/link.tsx"
import { Breadcrumbs, Pager, Tabs } from "../../_ui/navigation.tsx"
import { Columns, PageHead, Panel, SectionHead, Stat, Stats } from "../../_ui/panel.tsx"
import { Progress } from "../../_ui/progress.tsx"
import { MayMayNotMust, StateStrip } from "../../_ui/rights.tsx"
import { ActiveFilters, FacetList } from "../../_ui/search.tsx"
import { Callout, EmptyState, ErrorState, NoPermission, Skeleton } from "../../_ui/states.tsx"
import { Table } from "../../_ui/table.tsx"
import { Timeline } from "../../_ui/timeline.tsx"
import { Money, Time } from "../../_ui/values.tsx"

const now = "2026-11-24T03:50:00.000Z"
const hash = "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56"
const rows = [
  { name: "origin", type: "text", nulls: 0, low: "ABE", high: "YUM", n: 305 },
  { name: "delay", type: "integer", nulls: 0.021, low: "-82", high: "1,435", n: 1021 },
  { name: "distance_in_statute_miles", type: "integer", nulls: 0.4, low: "11", high: "4,983", n: 1392 },
]
const buckets = [2, 9, 40, 88, 61, 30, 22, 12, 9, 6, 4, 3, 2, 1, 1].map((count, i) => ({ label: `${i * 10}–${i * 10 + 9}`, count }))

export default async function Look({ params }: { params: Promise<{ locale: string }> }) {
  const { locale } = await params
  if (!isLocale(locale)) return null
  const zh = locale === "zh"
  return (
    <div className="grid gap-8">
      <div>
        <Breadcrumbs locale={locale} crumbs={[{ label: zh ? "数据" : "Data", href: `/${locale}/search` }, { label: zh ? "交通" : "Transport", href: "#" }, { label: zh ? "美国航班准点" : "US flight punctuality" }]} />
        <PageHead
          title={zh ? "美国航班准点记录 2001–2010" : "US flight punctuality 2001–2010"}
          chips={<><StatusChip tone="good">{zh ? "挂牌中" : "Published"}</StatusChip><ClaimChip claim="measured" locale={locale} how="DuckDB, 2026-11-24" /><ClaimChip claim="declared" locale={locale} /><ClaimChip claim="attested" locale={locale} /><Badge>Parquet</Badge><Badge>CC0-1.0</Badge></>}
          lead={zh ? "每次航班的延误、距离与起降机场，由平台从文件中实测。" : "Delay, distance, origin and destination of each flight, as measured by the platform from the file."}
          actions={<><Button icon="download">{zh ? "下载样例" : "Sample"}</Button><Button variant="primary">{zh ? "购买" : "Buy"}</Button></>}
        />
        <Tabs label="tabs" current="data" tabs={["overview", "data", "quality", "rights", "versions", "delivery", "ledger"].map((key) => ({ key, label: key, href: `#${key}`, ...(key === "ledger" ? { count: "12" } : {}) }))} />
        <Stats>
          <Stat label={zh ? "行数" : "Rows"} value="231,083" note={<ClaimChip claim="measured" locale={locale} />} />
          <Stat label={zh ? "大小" : "Size"} value="13.2 MiB" note="Parquet" />
          <Stat label={zh ? "价格" : "Price"} value={<Money amount={{ minor: "129900", currency: "CNY" }} locale={locale} />} note={zh ? "每千行 ¥5.62" : "CN¥5.62 per 1,000 rows"} />
          <Stat label={zh ? "更新" : "Measured"} value={<Explained hint={<Time time={now} locale={locale} />}>{zh ? "3 天前" : "3 days ago"}</Explained>} />
        </Stats>
      </div>
      <Table caption={zh ? "数据字典" : "Data dictionary"} rows={rows} rowKey={(r) => r.name} columns={[
        { key: "name", label: zh ? "列" : "Column", heading: true, cell: (r) => <code className="font-mono">{r.name}</code> },
        { key: "type", label: zh ? "类型" : "Type", cell: (r) => <Badge>{r.type}</Badge> },
        { key: "h", label: zh ? "分布" : "Spread", cell: (r) => <Histogram buckets={buckets} locale={locale} low={r.low} high={r.high} /> },
        { key: "nulls", label: zh ? "空值" : "Empty", cell: (r) => <NullBar share={r.nulls} locale={locale} /> },
        { key: "n", label: zh ? "不同值" : "Distinct", align: "right", cell: (r) => <Explained hint="HyperLogLog">≈ {r.n}</Explained> },
        { key: "hash", label: "SHA-256", cell: () => <Hash value={hash} locale={locale} /> },
      ]} />
      <Pager locale={locale} previous="#p" next="#n" summary="1–3 / 231,083" />
      <MayMayNotMust locale={locale}
        may={[{ key: "a", text: zh ? "在本单位内部使用和分析" : "Use and analyse inside your organisation", label: "logged" }, { key: "b", text: zh ? "训练模型(预训练、微调)" : "Train models (pre-train, fine-tune)", label: "legal" }]}
        mayNot={[{ key: "c", text: zh ? "向第三方转售" : "Resell to others", label: "legal" }, { key: "d", text: zh ? "传输至境外" : "Transfer abroad", label: "enforced" }]}
        must={[{ key: "e", text: zh ? "注明来源" : "Attribute the source", label: "legal" }]} />
      <StateStrip locale={locale} parts={[{ key: "s", name: zh ? "来源" : "Source", ok: true, sentence: "bts.gov, 2011" }, { key: "r", name: zh ? "权利" : "Rights", ok: true, sentence: "CC0-1.0" }, { key: "g", name: zh ? "分级" : "Grade", ok: true, sentence: zh ? "一般数据" : "General" }, { key: "x", name: zh ? "出境" : "Cross-border", ok: false, sentence: zh ? "缺少出境安全评估文件" : "The security assessment is missing", href: "#" }]} />
      <Columns side={<>
        <Panel title={zh ? "待结算款" : "Held funds"} footer={<Link href="#">{zh ? "结算单" : "Statement"}</Link>}>
          <DefinitionList compact items={[{ term: zh ? "金额" : "Amount", value: <Money amount={{ minor: "129900", currency: "CNY" }} locale={locale} /> }, { term: zh ? "由谁保管" : "Held by", value: "Quanheng Demo" }, { term: "id", value: <Hash value="trd_01kbf0n3wz8r5t2y6v9x4c7m1q" locale={locale} /> }]} />
        </Panel>
        <Callout tone="warn" title={zh ? "监管已暂停此交易" : "Supervision has paused this trade"}>{zh ? "文书编号 2026-0117，至 2026-12-01。" : "Document 2026-0117, until 1 Dec 2026."}</Callout>
        <Callout>{zh ? "点击确认不是可靠的电子签名。" : "A click is a confirmation, not a signature."}</Callout>
        <Progress label={zh ? "核验中" : "Verifying"} value={312} max={1204} note="312 / 1,204" />
      </>}>
        <Panel title={zh ? "交易进程" : "Timeline"} actions={<StatusChip tone="active">{zh ? "待验收" : "Awaiting acceptance"}</StatusChip>}>
          <Timeline locale={locale} label="t" steps={[
            { key: "1", state: "done", title: zh ? "双方确认合同" : "Both sides confirmed the agreement", at: "2026-11-22T01:02:03.000Z", sentence: zh ? "需方点击确认；供方以公开挂牌作为持续确认。" : "The buyer by a click, the seller by a standing offer.", record: <QuietLink href="#">{zh ? "记录 8,123" : "Record 8,123"}</QuietLink>, verify: <Link href="#">{zh ? "核验" : "Verify"}</Link> },
            { key: "2", state: "done", title: zh ? "货款已存放" : "Money is held", at: "2026-11-22T01:12:03.000Z", sentence: zh ? "¥1,299.00 记为待结算款。" : "CN¥1,299.00 is held.", record: <QuietLink href="#">{zh ? "记录 8,127" : "Record 8,127"}</QuietLink>, verify: <Link href="#">{zh ? "核验" : "Verify"}</Link> },
            { key: "3", state: "current", title: zh ? "已交付，等待验收" : "Delivered, waiting for you to accept", sentence: zh ? "交付文件与登记的哈希一致。" : "The file has the hash that was registered.", deadline: { at: "2026-11-29T07:50:00.000Z", now, outcome: zh ? "视为验收，货款结算给供方。" : "it counts as accepted and the money goes to the seller." }, actions: <><Button variant="primary">{zh ? "验收" : "Accept"}</Button><Button variant="danger">{zh ? "提出争议" : "Dispute"}</Button><Button why={zh ? "交付后不能取消。" : "A delivered trade cannot be cancelled."}>{zh ? "取消" : "Cancel"}</Button></> },
            { key: "4", state: "upcoming", title: zh ? "结算" : "Settled", sentence: zh ? "供方收到 ¥1,169.10。" : "The seller gets CN¥1,169.10." },
          ]} />
        </Panel>
        <Panel title={zh ? "表单" : "Form"}>
          <div className="grid max-w-xl gap-5">
            <FormError requestId="req_01kb">{zh ? "填写的内容有误。" : "Some of what was entered is not valid."}</FormError>
            <TextField label={zh ? "标题" : "Title"} hint={zh ? "不超过 110 字" : "At most 110 characters"} suffix="0 / 110" placeholder="…" />
            <TextField label={zh ? "价格" : "Price"} error={zh ? "价格须为正数，且小数位数符合币种规定。" : "The price must be a positive amount with the decimals of its currency."} defaultValue="-3" optional={zh ? "选填" : "optional"} />
            <Select label={zh ? "币种" : "Currency"} options={[{ value: "CNY", label: "CNY" }, { value: "USD", label: "USD" }]} />
            <TextArea label={zh ? "说明" : "Description"} />
            <RadioGroup name="r" legend={zh ? "数据分级" : "Grade"} defaultValue="general" choices={[{ value: "general", label: zh ? "一般数据" : "General", hint: zh ? "可交易" : "May be traded" }, { value: "important", label: zh ? "重要数据" : "Important", hint: zh ? "须有审批文件" : "Needs an approval" }]} />
            <Checkbox label={zh ? "我已阅读合同" : "I have read the agreement"} hint={<Hash value={hash} locale={locale} />} />
            <div className="flex gap-2"><Button variant="primary" busy={zh ? "处理中……" : "Working…"}>x</Button><Button variant="quiet">{zh ? "取消" : "Cancel"}</Button><ButtonLink href="#" size="small">small</ButtonLink></div>
          </div>
        </Panel>
        <Dialog locale={locale} title={zh ? "暂停交易" : "Freeze trade"} open={{ label: zh ? "暂停……" : "Freeze…", variant: "danger" }}><TextField label={zh ? "文书编号" : "Document number"} /></Dialog>
        <CodeBlock locale={locale} title="curl" code={`curl -C - -O https://market.example/api/grants/gra_01kb/files/flights.parquet\nsha256sum flights.parquet # ${hash}`} />
      </Columns>
      <div className="grid gap-6 md:grid-cols-[14rem_1fr]">
        <FacetList title={zh ? "可做之事" : "Permitted use"} facets={[{ key: "a", label: zh ? "训练模型" : "Train models", href: "#a", count: "12", selected: true }, { key: "b", label: zh ? "转售" : "Redistribute", href: "#b", count: "3", selected: false }]} />
        <div className="grid content-start gap-4">
          <ActiveFilters locale={locale} clear="#" filters={[{ key: "a", label: zh ? "训练模型" : "Train models", href: "#" }]} />
          <SectionHead title={zh ? "状态" : "States"} />
          <EmptyState title={zh ? "还没有交易" : "No trades yet"} actions={<ButtonLink href="#" variant="primary">{zh ? "搜索数据" : "Search data"}</ButtonLink>}>{zh ? "购买数据后，交易显示在这里。" : "A trade appears here when you buy."}</EmptyState>
          <ErrorState locale={locale} title={zh ? "系统繁忙" : "The market is busy"} requestId="0d9a7f3c" />
          <Skeleton locale={locale} rows={2} />
          <p className="flex flex-wrap gap-1.5">{(["neutral", "active", "good", "warn", "bad"] as const).map((tone) => <StatusChip key={tone} tone={tone}>{tone}</StatusChip>)}</p>
        </div>
      </div>
      <NoPermission locale={locale} signedIn={false} />
    </div>
  )
}
