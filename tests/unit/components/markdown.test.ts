import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { InlineMarkdown, Markdown } from "#components/ui/markdown.tsx";

const block = (children: string) => renderToStaticMarkup(createElement(Markdown, { children }));
const inline = (children: string) => renderToStaticMarkup(createElement(InlineMarkdown, { children }));

describe("the Markdown of content", () => {
  it("renders the subset that authors use", () => {
    const html = block(
      "First, **bold** and `code`.\n\n## Here\n\n- one\n- two\n\n```yaml\nkind: Pod # <b>\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |",
    );
    expect(html).toContain("<strong>bold</strong>");
    expect(html).toContain("<h2>Here</h2>");
    expect(html).toContain("<li>one</li>");
    expect(html).toMatch(/<pre[^>]*tabindex="0"/i);
    expect(html).toContain("kind: Pod # &lt;b&gt;");
    expect(html).toMatch(/<td>\s*1\s*<\/td>/);
  });

  it("sets bold beside Japanese punctuation, where there are no spaces", () => {
    expect(inline("届くのは**準備完了（Ready）のPod**だけです。")).toContain(
      "<strong>準備完了（Ready）のPod</strong>だけ",
    );
    expect(inline("**「あるべき状態」**を書きます")).toContain("<strong>「あるべき状態」</strong>を");
  });

  it("opens links elsewhere, without telling where from", () => {
    expect(inline("[docs](https://kubernetes.io/)")).toMatch(
      /<a (?=[^>]*href="https:\/\/kubernetes\.io\/")(?=[^>]*target="_blank")(?=[^>]*rel="noopener noreferrer")/,
    );
  });

  it.each([
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "<script>alert(1)</script>",
    '<img src="x" onerror="alert(1)">',
    "<iframe src='https://evil.example'></iframe>",
    "![x](https://evil.example/pixel.png)",
    "![x](javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
  ])("lets nothing run or load: %s", (hostile) => {
    for (const html of [block(hostile), inline(hostile)]) {
      expect(html).not.toMatch(/<(script|img|iframe)\b/i);
      expect(html).not.toMatch(/(href|src)="\s*(javascript|data|vbscript):/i);
      expect(html).not.toMatch(/<[^>]+\son\w+=/i);
    }
  });
});
