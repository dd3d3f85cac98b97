package segment

import (
	"strings"
	"sync"
)

// stopWords are the words that say nothing about a text, folded.
var stopWords = sync.OnceValue(func() map[string]bool {
	set := make(map[string]bool)
	for word := range strings.FieldsSeq(stopWordList) {
		set[word] = true
	}
	return set
})

const stopWordList = `
我们 你们 他们 她们 它们 咱们 自己 大家 别人 人家 有人 各位 某些 某个 任何 所有 一切 每个 各种 各个 其他 其它 其余 其中 另外
这个 那个 这些 那些 这里 那里 这儿 那儿 这样 那样 这么 那么 这种 那种 这次 那次 这时 那时 此时 什么 怎么 怎样 怎么样 为什么 如何 多少 哪里 哪些 哪个 谁的
一个 一些 一种 一样 一下 一点 一定 一直 一般 一起 一边 一方面 有些 有的 许多 很多 不少 几个 多个 一切 之一 部分
因为 所以 因此 因而 由于 但是 可是 不过 然而 而且 并且 或者 还是 以及 如果 假如 要是 虽然 尽管 即使 只要 只有 除了 除非 无论 不管 不仅 不但 而是 不是 就是 于是 然后 那么 否则 甚至 以便 从而 此外 例如 比如 譬如
已经 曾经 正在 将要 马上 立刻 刚刚 刚才 一旦 总是 经常 常常 往往 有时 偶尔 从来 始终 仍然 依然 还有 还要 又是 也是 都是 非常 十分 特别 尤其 比较 更加 越来越 相当 几乎 大约 大概 左右 差不多 至少 最多 最后 最近 目前 现在 当时 以后 以前 之后 之前 之间 之中 以上 以下 以来 后来 同时 期间
可以 可能 能够 应该 应当 必须 需要 不能 不会 不要 不用 没有 并不 并非 未必 也许 或许 似乎 好像 当然 确实 的确 其实 究竟 到底 毕竟 反正 难道 居然 竟然 果然
进行 通过 根据 按照 关于 对于 有关 作为 成为 认为 表示 使用 以为 觉得 知道 看到 开始 出现 得到 具有 属于 包括 例外 来说 的话 等等 而言 来看 而已 似的 一般来说 也就是说 就是说
起来 出来 下来 上来 过来 进来 回来 出去 下去 上去 过去 进去 回去 上面 下面 里面 外面 前面 后面 旁边
the of and to in is are was were be been it its this that these those for on with as by at from or an not but if then than so we you they he she his her their our your i my me him them us
can could will would shall should may might must do does did has have had which what when where who whom why how all any some no nor only also there here into out up down about over under
`
