package dataset

// Names numbers names densely from 0, in the order in which they are first seen. The zero value is
// empty and ready. It may be read by many goroutines, but not while it is added to.
type Names struct {
	numbers map[string]int32
	names   []string
}

// Add returns the number of the name, giving it the next one if it is new.
func (n *Names) Add(name string) int32 {
	if number, ok := n.numbers[name]; ok {
		return number
	}
	return n.insert(name)
}

// add is Add for bytes; it copies only names that are new.
func (n *Names) add(name []byte) int32 {
	if number, ok := n.numbers[string(name)]; ok {
		return number
	}
	return n.insert(string(name))
}

func (n *Names) insert(name string) int32 {
	if n.numbers == nil {
		n.numbers = map[string]int32{}
	}
	number := int32(len(n.names))
	n.numbers[name] = number
	n.names = append(n.names, name)
	return number
}

// Number returns the number of the name and whether it has one.
func (n *Names) Number(name string) (int32, bool) {
	number, ok := n.numbers[name]
	return number, ok
}

// Name returns the name with that number, and "" if there is none.
func (n *Names) Name(number int32) string {
	if number < 0 || int(number) >= len(n.names) {
		return ""
	}
	return n.names[number]
}

// Len returns how many names there are; the numbers are 0 to Len()-1.
func (n *Names) Len() int { return len(n.names) }
