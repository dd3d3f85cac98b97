package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/zhushou-ai/zhushou/locale/number"
	"github.com/zhushou-ai/zhushou/recommend"
)

const help = `  看 5　买 5　加购 5　喜欢 5　　对单子上的第 5 件做点什么
  不喜欢 3　　　　　　　　　　　不再推荐第 3 件
  为什么 2　　　　　　　　　　　为什么推荐第 2 件
  推荐　　　　　　　　　　　　　重新看推荐
  送妈妈的生日礼物 三百以内　　　想要什么，直接说
  关闭个性化　打开个性化　　　　关闭后谁来看都一样
  我的标签　隐藏 1　恢复 1　　　店里记下的喜好
  我的数据　忘记我　　　　　　　导出，或全部删除
  换人 老吴　帮助　退出`

// A terminal is a conversation of one person with the shop.
type terminal struct {
	shop *shop
	out  io.Writer
	user string
	list []card               // what the numbers mean
	tags []recommend.Interest // the same, after 我的标签
}

// errLeave ends a conversation.
var errLeave = errors.New("the customer leaves")

// once answers one line, whose numbers mean what is suggested first.
func (t *terminal) once(ctx context.Context, line string) (err error) {
	if t.user == "" {
		t.user = newcomer
	}
	if t.list, _, err = t.shop.suggest(ctx, t.user, ""); err != nil {
		return err
	}
	t.tags = t.shop.tags(t.user)
	if err = t.say(ctx, line); errors.Is(err, errLeave) {
		return nil
	}
	return err
}

// talk answers line after line until the person leaves or the input ends.
func (t *terminal) talk(ctx context.Context, in io.Reader) error {
	lines := newLines(in)
	if t.user == "" {
		t.introduce()
		line, err := lines.next(ctx)
		if err != nil {
			return ended(err)
		}
		t.user = t.choose(line)
	}
	if err := t.enter(ctx); err != nil {
		return err
	}
	for {
		fmt.Fprint(t.out, "\n> ")
		line, err := lines.next(ctx)
		if err != nil {
			return ended(err)
		}
		if line == "" {
			continue
		}
		switch err := t.say(ctx, line); {
		case errors.Is(err, errLeave):
			fmt.Fprintln(t.out, "慢走，下次再来。")
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			fmt.Fprintf(t.out, "出错了：%v\n", err) // the conversation goes on
		}
	}
}

const newcomer = "新客人"

func (t *terminal) introduce() {
	fmt.Fprintf(t.out, "欢迎光临。店里有%d种商品、%d位老顾客，例如：\n", len(t.shop.goods), len(t.shop.people))
	for i := range regulars {
		p := t.shop.people[i]
		fmt.Fprintf(t.out, "%2d. %s：%s\n", i+1, p.Name, p.About())
	}
	fmt.Fprint(t.out, "你是谁？编号或名字都行，回车当新客人。\n> ")
}

func (t *terminal) choose(line string) string {
	if n, err := number.Parse(line); err == nil {
		if i, ok := n.Int64(); ok && i >= 1 && int(i) <= len(regulars) {
			return t.shop.people[i-1].Name
		}
	}
	if line == "" {
		return newcomer
	}
	return line
}

// enter greets a person and shows what suits them.
func (t *terminal) enter(ctx context.Context) error {
	t.tags = nil
	if p, ok := t.shop.person(t.user); ok {
		fmt.Fprintf(t.out, "%s，你好（%s）。", t.user, p.About())
	} else {
		fmt.Fprintf(t.out, "%s，第一次来吧。", t.user)
	}
	fmt.Fprintln(t.out, "说“帮助”看能做什么。")
	return t.suggest(ctx, "")
}

// deeds are what can be done to goods of the list.
var deeds = []struct {
	word string
	kind recommend.Kind
	done string
}{
	{"看", recommend.View, "看了"}, {"买", recommend.Buy, "买了"}, {"加购", recommend.Cart, "放进购物车"},
	{"喜欢", recommend.Like, "记下了，喜欢"}, {"不喜欢", recommend.NotInterested, "不再推荐"},
}

// say obeys one line.
func (t *terminal) say(ctx context.Context, line string) error {
	line = strings.TrimSpace(line)
	engine := t.shop.engine
	switch line {
	case "帮助", "?", "？":
		fmt.Fprintln(t.out, help)
		return nil
	case "退出", "再见":
		return errLeave
	case "推荐":
		return t.suggest(ctx, "")
	case "关闭个性化":
		return t.tell(ctx, "个性化已关闭：推荐不再看你做过什么。", engine.Personalize(ctx, t.user, false))
	case "打开个性化":
		return t.tell(ctx, "个性化已打开。", engine.Personalize(ctx, t.user, true))
	case "我的标签":
		t.showTags()
		return nil
	case "我的数据":
		data, err := engine.Export(ctx, t.user)
		fmt.Fprintf(t.out, "%s\n", data)
		return err
	case "忘记我":
		return t.tell(ctx, "已删除你的全部记录，也不再留有从中学到的东西。", engine.Forget(ctx, t.user))
	}
	if name, ok := strings.CutPrefix(line, "换人"); ok && strings.TrimSpace(name) != "" {
		t.user = t.choose(strings.TrimSpace(name))
		return t.enter(ctx)
	}
	for _, d := range deeds {
		if i, ok := numbered(line, d.word); ok {
			return t.do(ctx, i, d.kind, d.done)
		}
	}
	if i, ok := numbered(line, "为什么"); ok {
		t.why(i)
		return nil
	}
	if i, ok := numbered(line, "隐藏"); ok {
		return t.turnTag(ctx, i, "隐藏", engine.HideInterest)
	}
	if i, ok := numbered(line, "恢复"); ok {
		return t.turnTag(ctx, i, "恢复", engine.ShowInterest)
	}
	return t.suggest(ctx, line)
}

// numbered reads a word and a number after it, such as 看 5, 看5 or 看第五件.
func numbered(line, word string) (int, bool) {
	rest, ok := strings.CutPrefix(line, word)
	if !ok {
		return 0, false
	}
	rest = strings.TrimSpace(rest)
	for _, unit := range []string{"个", "件", "款", "号"} {
		rest = strings.TrimSuffix(rest, unit)
	}
	n, err := number.Parse(strings.TrimPrefix(rest, "第"))
	if err != nil {
		return 0, false
	}
	i, ok := n.Int64()
	return int(i), ok
}

// tell says what was done, and shows what is suggested now.
func (t *terminal) tell(ctx context.Context, text string, err error) error {
	if err != nil {
		return err
	}
	fmt.Fprintln(t.out, text)
	return t.suggest(ctx, "")
}

func (t *terminal) suggest(ctx context.Context, text string) error {
	list, met, err := t.shop.suggest(ctx, t.user, text)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		fmt.Fprintln(t.out, "没有找到合适的，换个说法试试。")
		return nil
	}
	t.list = list
	if !met {
		fmt.Fprintf(t.out, "没有找到“%s”，不如看看：\n", text)
	}
	for i, c := range list {
		fmt.Fprintf(t.out, "%2d. %s　%s　—— %s\n", i+1, c.Title, c.Price, c.Reason())
	}
	return nil
}

// at returns the goods of a number, or says that there are none.
func (t *terminal) at(i int) (card, bool) {
	if i < 1 || i > len(t.list) {
		fmt.Fprintf(t.out, "单子上只有 1 到 %d。\n", len(t.list))
		return card{}, false
	}
	return t.list[i-1], true
}

func (t *terminal) do(ctx context.Context, i int, kind recommend.Kind, done string) error {
	c, ok := t.at(i)
	if !ok {
		return nil
	}
	if err := t.shop.did(ctx, t.user, c.ID, kind); err != nil {
		return err
	}
	if kind == recommend.View {
		return t.show(ctx, c)
	}
	return t.tell(ctx, done+"「"+c.Title+"」。现在推荐：", nil)
}

// show tells what is known of a piece of goods, and what goes with it.
func (t *terminal) show(ctx context.Context, c card) error {
	facts := []string{c.Brand, strings.Join(c.Categories, "/")}
	for _, name := range []string{"产地", "材质", "年龄"} {
		if value := c.Attributes[name]; value != "" {
			facts = append(facts, name+value)
		}
	}
	fmt.Fprintf(t.out, "%s　%s\n%s\n", c.Title, c.Price, strings.Join(append(facts, c.Tags...), " · "))
	if c.Text != "" {
		fmt.Fprintln(t.out, "适合"+c.Text)
	}
	near, err := t.shop.alike(ctx, c.ID)
	if err != nil {
		return err
	}
	var titles []string
	for _, n := range near {
		titles = append(titles, n.Title)
	}
	fmt.Fprintln(t.out, "看了它的人还喜欢："+strings.Join(titles, "、"))
	return nil
}

func (t *terminal) why(i int) {
	c, ok := t.at(i)
	if !ok {
		return
	}
	fmt.Fprintf(t.out, "推荐「%s」，因为：\n", c.Title)
	for _, r := range c.Why {
		fmt.Fprintf(t.out, "  · %s%s\n", r.Text, r.part())
	}
}

func (t *terminal) showTags() {
	t.tags = t.shop.tags(t.user)
	switch {
	case !t.shop.engine.Personalized(t.user):
		fmt.Fprintln(t.out, "个性化已关闭，没有在用的标签。")
	case len(t.tags) == 0:
		fmt.Fprintln(t.out, "还没有标签：看一看、买一买就有了。")
	}
	for i, tag := range t.tags {
		fmt.Fprintf(t.out, "%2d. %s「%s」　%s\n", i+1, kindNames[tag.Kind], tag.Value, tagState(tag))
	}
}

// tagState says how much a tag counts.
func tagState(tag recommend.Interest) string {
	if tag.Hidden {
		return "已隐藏"
	}
	return fmt.Sprintf("%.0f%%", 100*tag.Share)
}

// turnTag hides a tag, or shows it again.
func (t *terminal) turnTag(ctx context.Context, i int, word string, turn func(context.Context, string, recommend.Interest) error) error {
	if i < 1 || i > len(t.tags) {
		fmt.Fprintln(t.out, "没有这个标签，先说“我的标签”看编号。")
		return nil
	}
	tag := t.tags[i-1]
	return t.tell(ctx, "已"+word+"「"+tag.Value+"」。现在推荐：", turn(ctx, t.user, tag))
}

// lines are read one by one from somebody who may never say anything again.
type lines struct{ scanner *bufio.Scanner }

func newLines(in io.Reader) *lines {
	l := &lines{bufio.NewScanner(in)}
	l.scanner.Buffer(nil, 1<<20)
	return l
}

// next returns the next line, or io.EOF. A read from a terminal cannot be interrupted, so it is left behind
// when ctx ends, which ends the program.
func (l *lines) next(ctx context.Context) (string, error) {
	type result struct {
		line string
		err  error
	}
	read := make(chan result, 1)
	go func() {
		switch {
		case l.scanner.Scan():
			read <- result{strings.TrimSpace(l.scanner.Text()), nil}
		case l.scanner.Err() != nil:
			read <- result{"", l.scanner.Err()}
		default:
			read <- result{"", io.EOF}
		}
	}()
	select {
	case r := <-read:
		return r.line, r.err
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// ended is no error where the input has just come to its end.
func ended(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
