package dataset

import "slices"

// Catalogue holds the names behind the numbers of one or more sets, and which categories an item
// has. The zero value is empty and ready. It may be read by many goroutines, but not while files are
// loaded into it.
type Catalogue struct {
	Users, Items, Kinds, Categories Names

	categories [][]int32 // by item
}

// AddCategory says that the item belongs to the category. Saying it twice changes nothing. Numbers
// that have no name are ignored.
func (c *Catalogue) AddCategory(item, category int32) {
	if item < 0 || int(item) >= c.Items.Len() || category < 0 || int(category) >= c.Categories.Len() {
		return
	}
	if int(item) >= len(c.categories) {
		c.categories = append(c.categories, make([][]int32, int(item)+1-len(c.categories))...)
	}
	if !slices.Contains(c.categories[item], category) {
		c.categories[item] = append(c.categories[item], category)
	}
}

// CategoriesOf returns the categories of the item, in the order in which they were added. The slice
// is the catalogue's own and must not be changed.
func (c *Catalogue) CategoriesOf(item int32) []int32 {
	if item < 0 || int(item) >= len(c.categories) {
		return nil
	}
	return c.categories[item]
}
