// Emits whatever logs its calldata spells, so that a chain of any events is made in seconds. For benchmarks only.
// Calldata is a sequence of: number of topics (1 byte), length of the data (2 bytes), the topics, the data.
object "LogReplayer" {
  code {
    let at := 0
    for {} lt(at, calldatasize()) {} {
      let head := shr(232, calldataload(at))
      let size := and(head, 0xffff)
      let count := shr(16, head)
      let topic := add(at, 3)
      let data := add(topic, mul(count, 32))
      calldatacopy(0, data, size)
      switch count
      case 1 { log1(0, size, calldataload(topic)) }
      case 2 { log2(0, size, calldataload(topic), calldataload(add(topic, 32))) }
      case 3 { log3(0, size, calldataload(topic), calldataload(add(topic, 32)), calldataload(add(topic, 64))) }
      case 4 {
        log4(0, size, calldataload(topic), calldataload(add(topic, 32)), calldataload(add(topic, 64)), calldataload(add(topic, 96)))
      }
      default { revert(0, 0) }
      at := add(data, size)
    }
  }
}
