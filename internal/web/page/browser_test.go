package page

import (
	"context"
	_ "embed"
	"os"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

//go:embed testdata/audit.js
var audit string

// browser is a Chromium to look at pages with. Without one the test is
// skipped, except where CI promises that there is one.
func browser(t *testing.T) context.Context {
	t.Helper()
	path := os.Getenv("BIENVU_TEST_CHROMIUM")
	if path == "" {
		if os.Getenv("CI") == "true" {
			t.Fatal("BIENVU_TEST_CHROMIUM is not set")
		}
		t.Skip("BIENVU_TEST_CHROMIUM is not set")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox)
	ctx, cancel := chromedp.NewExecAllocator(t.Context(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	return ctx
}

// screen makes the browser's window one of our shapes.
func screen(ctx context.Context, t *testing.T, sh shape) {
	t.Helper()
	scheme := "light"
	if sh.dark {
		scheme = "dark"
	}
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(sh.width, sh.height)); err != nil {
		t.Fatal(err)
	}
}

func see[T any](ctx context.Context, t *testing.T, script string) T {
	t.Helper()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](script))
	if err != nil {
		t.Fatalf("%s: %v", script, err)
	}
	return v
}

// TestEveryPageInABrowser measures every story on a telephone and on a wide
// screen, in light and dark: nothing overflows, targets are large enough,
// contrast is 4.5 or more.
func TestEveryPageInABrowser(t *testing.T) { //nolint:paralleltest // one browser
	ctx := browser(t)
	url := storybook(t).URL
	for lang, shapes := range map[string][]shape{
		"fr": {{"phone", 360, 740, false}, {"wide", 1366, 900, true}},
		"en": {{"phone", 390, 844, true}, {"wide", 1024, 768, false}},
	} {
		for _, sh := range shapes {
			screen(ctx, t, sh)
			for _, s := range stories(frame(t, lang, nil)) {
				if err := chromedp.Do(ctx, chromedp.Navigate(url+"/"+lang+"/"+s.name)); err != nil {
					t.Fatal(err)
				}
				for _, complaint := range see[[]string](ctx, t, audit) {
					t.Errorf("%s/%s on %s (dark: %t): %s", lang, s.name, sh.name, sh.dark, complaint)
				}
			}
		}
	}
}

// TestTheDeskByKeyboard presses the desk's keys and looks where the focus went.
func TestTheDeskByKeyboard(t *testing.T) { //nolint:paralleltest // one browser
	ctx := browser(t)
	url := storybook(t).URL
	screen(ctx, t, shape{"wide", 1366, 900, false})
	press := func(key string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.KeyEvent(key)); err != nil {
			t.Fatal(err)
		}
	}
	open := func(name string) {
		t.Helper()
		if err := chromedp.Do(ctx, chromedp.Navigate(url+"/en/"+name)); err != nil {
			t.Fatal(err)
		}
	}
	const focused = `document.activeElement.getAttribute("href") ?? document.activeElement.id ?? ""`
	open("desk")
	press("j")
	press("j")
	if got := see[string](ctx, t, focused); got != "/desk/c2?tab=new" {
		t.Errorf("after J J the focus is on %q", got)
	}
	press("k")
	if got := see[string](ctx, t, focused); got != "/desk/c1?tab=new" {
		t.Errorf("after K the focus is on %q", got)
	}
	press("?")
	if !see[bool](ctx, t, `document.querySelector("#keys").matches(":popover-open")`) {
		t.Error("? does not show the keys")
	}
	open("case-draft")
	press("e")
	if got := see[string](ctx, t, `document.activeElement.value`); got != "phishing" {
		t.Errorf("after E the focus is on %q", got)
	}
	press("r")
	if got := see[string](ctx, t, focused); got != "draft-text" {
		t.Errorf("after R the focus is on %q", got)
	}
	press("j")
	if got := see[string](ctx, t, `document.activeElement.value.includes("j") ? "typed" : location.pathname`); got != "typed" {
		t.Errorf("J in the text: %q", got)
	}
}

// TestReasonsLightUpTheirPlaces focuses a reason and looks at the message.
func TestReasonsLightUpTheirPlaces(t *testing.T) { //nolint:paralleltest // one browser
	ctx := browser(t)
	url := storybook(t).URL
	screen(ctx, t, shape{"wide", 1366, 900, false})
	if err := chromedp.Do(ctx, chromedp.Navigate(url+"/fr/case")); err != nil {
		t.Fatal(err)
	}
	see[bool](ctx, t, `document.querySelector("#reason-2").focus(), true`)
	if got := see[int](ctx, t, `document.querySelectorAll("mark.lit").length`); got != 1 {
		t.Errorf("%d places lit, want 1", got)
	}
	see[bool](ctx, t, `document.querySelector(".guest .pin[data-pin='3']").focus(), true`)
	if got := see[string](ctx, t, `document.querySelector(".reason.lit")?.id ?? ""`); got != "reason-3" {
		t.Errorf("lit reason %q, want reason-3", got)
	}
}

// TestTheWaitingPageTurnsIntoTheAnswer lets the stories play the desk: the
// waiting page listens, is told of a change, and shows the answer.
func TestTheWaitingPageTurnsIntoTheAnswer(t *testing.T) { //nolint:paralleltest // one browser
	ctx, cancel := context.WithTimeout(browser(t), time.Minute)
	defer cancel()
	desk := newTurning(t)
	screen(ctx, t, shape{"phone", 390, 844, false})
	if err := chromedp.Do(ctx, chromedp.Navigate(desk.url+"/page")); err != nil {
		t.Fatal(err)
	}
	<-desk.listening
	desk.change()
	if err := chromedp.Do(ctx, chromedp.WaitVisible(".hero.v-phishing")); err != nil {
		t.Fatal(err)
	}
	if got := see[string](ctx, t, `document.activeElement.id`); got != "main" {
		t.Errorf("the focus is on %q, so a screen reader does not hear the answer", got)
	}
}
