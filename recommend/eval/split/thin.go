package split

import (
	"fmt"

	"github.com/zhushou-ai/zhushou/recommend/eval/dataset"
)

// Core returns the events of the largest set in which every user has at least userEvents events and
// every item at least itemEvents: the k-core, if both are k. Which users and items are left does not
// depend on the order of the events. It returns an error if a number is negative.
func Core(d *dataset.Data, userEvents, itemEvents int) (*dataset.Data, error) {
	if userEvents < 0 || itemEvents < 0 {
		return nil, fmt.Errorf("split: core of %d events a user and %d an item: use numbers from 0", userEvents, itemEvents)
	}
	if err := d.Check(); err != nil {
		return nil, fmt.Errorf("split: %w", err)
	}
	users, items := make([]int, d.Catalogue.Users.Len()), make([]int, d.Catalogue.Items.Len())
	left := make([]int32, d.Len())
	for i := range left {
		left[i] = int32(i)
		users[d.User[i]]++
		items[d.Item[i]]++
	}
	for before := -1; before != len(left); {
		before = len(left)
		kept := left[:0]
		for _, event := range left {
			user, item := d.User[event], d.Item[event]
			if users[user] >= userEvents && items[item] >= itemEvents {
				kept = append(kept, event)
				continue
			}
			users[user]--
			items[item]--
		}
		left = kept
	}
	return d.Pick(left), nil
}

// Deduplicate returns the data with one event for every user and item: the last in time, where events
// of the same time count in the order in which they stand. Kinds are not told apart; choose one with
// [dataset.Data.Where] before, if it matters.
func Deduplicate(d *dataset.Data) (*dataset.Data, error) {
	if err := d.Check(); err != nil {
		return nil, fmt.Errorf("split: %w", err)
	}
	keep := make([]bool, d.Len())
	seen := make([]int32, d.Catalogue.Items.Len()) // by item: the last user who had it, from 1
	rows := d.ByUser()
	for user := range rows.Len() {
		row := rows.Row(int32(user))
		for i := len(row) - 1; i >= 0; i-- {
			item := d.Item[row[i]]
			keep[row[i]] = seen[item] != int32(user)+1
			seen[item] = int32(user) + 1
		}
	}
	return d.Where(func(event int) bool { return keep[event] }), nil
}
