// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {FrozenList} from "../../../contracts/libraries/FrozenList.sol";
import {Median} from "../../../contracts/libraries/Median.sol";
import {vm} from "../../support/Vm.sol";

/// @notice The pool's small tools, each alone.
contract PoolLibrariesTest {
    function freeze(address[] memory accounts) external returns (address) {
        return FrozenList.freeze(accounts);
    }

    function testFuzz_frozenListGivesBackWhatWasPutIn(uint256 seed, uint8 length) external {
        address[] memory accounts = new address[](length);
        for (uint256 i = 0; i < length; ++i) {
            accounts[i] = address(uint160(uint256(keccak256(abi.encode(seed, i)))));
        }
        // What lies beyond the packed list in memory must stay as it is.
        address list = FrozenList.freeze(accounts);
        vm.assertEq(abi.encode(FrozenList.read(list)), abi.encode(accounts), "read");
        vm.assertEq(list.code.length, 1 + 20 * uint256(length), "length");
        (bool ran, bytes memory answer) = list.call(hex"01020304");
        vm.assertTrue(ran && answer.length == 0, "nobody can run it");
    }

    /// @dev 200 accounts cost 800,000 gas to keep. A list that could not be made must not be taken for one without anybody in it.
    function test_frozenListWithoutGas() external {
        address[] memory accounts = new address[](200);
        vm.expectRevert(abi.encodeWithSelector(FrozenList.FreezeFailed.selector));
        this.freeze{gas: 500_000}(accounts);
    }

    function testFuzz_medianIsTheLowerMiddle(uint256[9] memory raw, uint8 size) external pure {
        uint256 n = 1 + size % 9;
        uint256[] memory numbers = new uint256[](n);
        for (uint256 i = 0; i < n; ++i) {
            numbers[i] = raw[i] % 5;
        }
        uint256 median = Median.ofLower(numbers);
        uint256 below;
        uint256 upTo;
        for (uint256 i = 0; i < n; ++i) {
            if (raw[i] % 5 < median) ++below;
            if (raw[i] % 5 <= median) ++upTo;
        }
        uint256 middle = (n - 1) / 2;
        vm.assertTrue(below <= middle && middle < upTo, "in the middle");
    }
}
