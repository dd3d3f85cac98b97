package offpolicy_test

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/recommend/eval/offpolicy"
)

func Example() {
	// 线上策略以一半的概率推荐茶（0）或书（1）；爱茶的人点茶，爱书的人点书。
	var log []offpolicy.Entry[string]
	for range 100 {
		log = append(log,
			offpolicy.Entry[string]{Context: "爱茶", Action: 0, Propensity: 0.5, Reward: 1},
			offpolicy.Entry[string]{Context: "爱茶", Action: 1, Propensity: 0.5, Reward: 0},
			offpolicy.Entry[string]{Context: "爱书", Action: 0, Propensity: 0.5, Reward: 0},
			offpolicy.Entry[string]{Context: "爱书", Action: 1, Propensity: 0.5, Reward: 1})
	}
	personal := func(taste string) []offpolicy.Choice {
		if taste == "爱茶" {
			return []offpolicy.Choice{{Action: 0, Probability: 0.9}, {Action: 1, Probability: 0.1}}
		}
		return []offpolicy.Choice{{Action: 0, Probability: 0.1}, {Action: 1, Probability: 0.9}}
	}
	samples, err := offpolicy.Weigh(log, personal, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := offpolicy.Estimate(samples, offpolicy.Config{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("线上 %.2f，新策略 %.2f，有效样本 %.0f，警告 %d 条\n",
		report.Logged.Value, report.SNIPS.Value, report.Effective, len(report.Warnings))
	// Output:
	// 线上 0.50，新策略 0.90，有效样本 244，警告 0 条
}
