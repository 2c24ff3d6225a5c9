package org.althing.report;

/** The style sheet of reports: system fonts, one measure, quiet rules, and a printed form. */
final class PageStyle {
  static final String CSS =
      """

      :root{color-scheme:light}
      *{box-sizing:border-box}
      body{margin:0;background:#fff;color:#1d2329;font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums}
      main{max-width:62rem;margin:0 auto;padding:2.5rem 1.5rem 5rem}
      h1{font-size:1.9rem;line-height:1.2;margin:.2rem 0 .6rem;letter-spacing:-.01em;overflow-wrap:anywhere}
      h2{font-size:1.3rem;line-height:1.3;margin:3.2rem 0 .8rem;padding-top:1rem;border-top:1px solid #d5dae0}
      h2 span{color:#56606b;font-weight:400;margin-right:.25rem}
      h3{font-size:1.05rem;margin:2rem 0 .5rem}
      p,ul,ol{max-width:44rem;margin:.6rem 0}
      li{margin:.25rem 0}
      .over{color:#56606b;margin:0;font-size:.95rem}
      .lede{font-size:1.1rem}
      .skip{position:absolute;left:-999rem}
      .skip:focus{left:1rem;top:1rem;background:#fff;padding:.5rem}
      a{color:#2563a8}
      a:focus-visible,.scroll:focus-visible{outline:3px solid #2563a8;outline-offset:2px}
      nav ol{columns:2;column-gap:2rem;padding-left:1.4rem;font-size:.95rem}
      .facts{display:flex;flex-wrap:wrap;border-top:1px solid #d5dae0;border-bottom:1px solid #d5dae0;margin:1.6rem 0;padding:.4rem 0}
      .facts div{flex:1 1 9rem;padding:.6rem 1rem .6rem 0}
      .facts dt{color:#56606b;font-size:.85rem}
      .facts dd{margin:.1rem 0 0;font-size:1.25rem;font-weight:600;line-height:1.3}
      .facts dd small{display:block;font-size:.85rem;font-weight:400;color:#56606b}
      .scroll{overflow-x:auto;margin:1rem 0}
      table{border-collapse:collapse;min-width:16rem;font-size:.9rem;line-height:1.4}
      caption{text-align:left;color:#56606b;font-size:.85rem;padding:0 0 .4rem}
      th,td{padding:.35rem .8rem .35rem 0;vertical-align:top;border-bottom:1px solid #e6e9ed;text-align:left;font-weight:400}
      thead th{border-bottom:1px solid #9aa4af;color:#56606b;font-size:.85rem;vertical-align:bottom}
      th.n,td.n{text-align:right;white-space:nowrap;padding-left:.8rem}
      thead th.n{white-space:normal}
      figure{margin:2rem 0;break-inside:avoid}
      figcaption{max-width:44rem;margin-bottom:.6rem}
      .pair{display:grid;grid-template-columns:minmax(0,1.55fr) minmax(0,1fr);gap:2rem;align-items:start}
      .pair .scroll{margin:0;max-height:30rem;overflow:auto}
      .below .drawing{max-width:40rem}
      .drawing svg{display:block;width:100%;height:auto}
      code,pre{font-family:ui-monospace,"Cascadia Mono",Menlo,Consolas,monospace;font-size:.85rem}
      code{overflow-wrap:anywhere}
      pre{background:#f4f6f8;padding:.9rem 1rem;overflow-x:auto;line-height:1.5;margin:.8rem 0}
      .verdict{font-weight:600}
      .note{border-left:3px solid #8a5a00;padding:.1rem 0 .1rem 1rem;margin:1rem 0;max-width:44rem}
      @media (max-width:52rem){.pair{grid-template-columns:1fr}.pair .scroll{max-height:none}nav ol{columns:1}main{padding:1.5rem 1rem 4rem}}
      @media print{body{font-size:10.5pt}main{max-width:none;padding:0}nav,.skip{display:none}h2{break-after:avoid}.scroll,.pair .scroll{overflow:visible;max-height:none}table{break-inside:auto}tr{break-inside:avoid}a{color:inherit;text-decoration:none}}
      """;

  private PageStyle() {}
}
