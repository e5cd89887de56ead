/// How pages look: one column that fits a phone, dark where the reader's system is, and ink on
/// paper. Hues are those of Okabe and Ito, which the colour-blind tell apart; dashes and shapes do
/// the same without colour.
enum Stylesheet {
  static let text: StaticString = """
    :root { --paper: #ffffff; --ink: #1b1f24; --faint: #59636e; --line: #d1d9e0; --wash: #f6f8fa;
      --h0: #0072b2; --h1: #b35000; --h2: #00785a; --h3: #a8447f; --h4: #7a6400; --h5: #1b1f24;
      --good: #00694e; --bad: #b02a00; --open: #7a5b00; }
    @media (prefers-color-scheme: dark) { :root { --paper: #0f1318; --ink: #e6edf3;
      --faint: #9aa5b1; --line: #343c46; --wash: #181d24;
      --h0: #56b4e9; --h1: #ff9d4d; --h2: #2fc79b; --h3: #e58fc0; --h4: #f0e442; --h5: #e6edf3;
      --good: #3fcf9f; --bad: #ff8a5c; --open: #f0c542; } }
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; color-scheme: light dark; }
    body { margin: 0; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    main { max-width: 46rem; margin: 0 auto; padding: 1rem; overflow-wrap: break-word; }
    h1 { font-size: 1.6rem; line-height: 1.25; margin: 1rem 0; }
    h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; padding-top: .75rem;
      border-top: 1px solid var(--line); }
    p { margin: .75rem 0; }
    code { font: .875em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
    .verdicts { list-style: none; margin: 1rem 0; padding: 0; }
    .verdicts li { margin: .5rem 0; padding: .4rem .75rem; background: var(--wash);
      border-left: 4px solid var(--faint); }
    .verdicts .holds { border-color: var(--good); }
    .verdicts .refuted { border-color: var(--bad); }
    .verdicts .undecided { border-color: var(--open); border-left-style: dashed; }
    .verdicts .measured { border-left-style: dotted; }
    .outcome { white-space: nowrap; }
    .holds .outcome, td.holds { color: var(--good); }
    .refuted .outcome, td.refuted { color: var(--bad); }
    .undecided .outcome, td.undecided { color: var(--open); }
    .detail { display: block; color: var(--faint); font-size: .9rem; }
    figure { margin: 1.5rem 0 2rem; }
    figcaption { margin-bottom: .5rem; }
    .again, footer { color: var(--faint); font-size: .85rem; }
    details { font-size: .85rem; margin: .5rem 0; }
    summary { cursor: pointer; color: var(--faint); }
    .table, .wide { overflow-x: auto; }
    table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; }
    th, td { padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: top;
      border-bottom: 1px solid var(--line); }
    th { font-weight: 600; vertical-align: bottom; }
    .number { text-align: right; }
    td { overflow-wrap: normal; min-width: 12rem; }
    td.number, td.short { white-space: nowrap; min-width: 0; }
    footer { margin-top: 3rem; border-top: 1px solid var(--line); }
    svg { display: block; width: 100%; height: auto; max-width: 38rem; }
    .wide svg { width: auto; max-width: none; }
    svg text { fill: var(--ink); font: 11px system-ui, sans-serif; }
    svg .small { font-size: 10px; fill: var(--faint); }
    svg .grid { stroke: var(--line); fill: none; stroke-width: 1; }
    svg .axis { stroke: var(--faint); fill: none; stroke-width: 1; }
    svg .level { stroke: var(--faint); stroke-width: 1; stroke-dasharray: 1 3; fill: none; }
    svg .series { fill: none; stroke-width: 1.75; stroke-linejoin: round; stroke-linecap: round; }
    svg .mark { stroke-width: 1.25; fill: none; }
    svg .band { stroke: none; fill-opacity: .16; }
    svg .median { stroke: var(--ink); stroke-width: 2; fill: none; }
    svg .box { fill: var(--wash); stroke: var(--faint); stroke-width: 1; }
    svg .box.state { stroke: var(--h0); stroke-width: 2.5; }
    svg .box.relu { stroke: var(--h1); stroke-dasharray: 4 2; }
    svg .box.product { stroke: var(--h3); stroke-dasharray: 1.5 2; stroke-width: 1.5; }
    svg .box.input, svg .box.output { stroke: var(--ink); stroke-width: 1.5; }
    svg .edge { fill: none; stroke: var(--faint); stroke-width: 1; }
    svg .arrow { fill: var(--faint); stroke: none; }
    svg .halo { stroke: var(--paper); stroke-width: 3; paint-order: stroke; }
    svg .s0 { stroke: var(--h0); } svg .f0 { fill: var(--h0); }
    svg .s1 { stroke: var(--h1); } svg .f1 { fill: var(--h1); }
    svg .s2 { stroke: var(--h2); } svg .f2 { fill: var(--h2); }
    svg .s3 { stroke: var(--h3); } svg .f3 { fill: var(--h3); }
    svg .s4 { stroke: var(--h4); } svg .f4 { fill: var(--h4); }
    svg .s5 { stroke: var(--h5); } svg .f5 { fill: var(--h5); }
    svg .hollow { fill: var(--paper); }
    @media print {
      :root { --paper: #ffffff; --ink: #000000; --faint: #444444; --line: #bbbbbb; --wash: #f4f4f4;
        --h0: #0072b2; --h1: #b35000; --h2: #00785a; --h3: #a8447f; --h4: #7a6400; --h5: #000000;
        --good: #00694e; --bad: #b02a00; --open: #7a5b00; }
      html { color-scheme: light; }
      body { font-size: 10pt; }
      main { max-width: none; padding: 0; }
      svg, .verdicts li, tr { break-inside: avoid; }
      h2, figcaption { break-after: avoid; }
      .table, .wide { overflow: visible; }
      svg { max-width: 14cm; max-height: 22cm; }
      .wide svg { max-width: 100%; height: auto; }
      details:not([open]) { display: none; }
    }
    """
}
