// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {AuditAnchor} from "../../../contracts/AuditAnchor.sol";
import {Actors} from "../../support/Actors.sol";
import {Log, vm} from "../../support/Vm.sol";

contract AuditAnchor_anchor is Actors {
    bytes32 private constant LOG = keccak256("log");
    bytes32 private constant HEAD = keccak256("head");

    /// @dev What is deployed, not what the quick compiler of the tests would make of it.
    AuditAnchor private _anchor;

    function setUp() public {
        _labelActors();
        bytes memory code = vm.getCode("AuditAnchor.sol:AuditAnchor");
        address deployed;
        assembly ("memory-safe") {
            deployed := create(0, add(code, 32), mload(code))
        }
        vm.assertTrue(deployed.code.length > 0, "deployed");
        _anchor = AuditAnchor(deployed);
    }

    function test_WhenAnybodyCalls() public {
        vm.expectEmit(address(_anchor));
        emit AuditAnchor.Anchored(seller, LOG, 812, HEAD);
        vm.prank(seller);
        _anchor.anchor(LOG, 812, HEAD);
    }

    /// @dev Readers tell true anchors from false ones by who made them: nobody may speak in another's name.
    function testFuzz_WhenCalledByAnyoneWithAnything(address by, bytes32 log, uint256 size, bytes32 head) public {
        vm.recordLogs();
        vm.prank(by);
        _anchor.anchor(log, size, head);
        Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1, "one event");
        vm.assertEq(logs[0].emitter, address(_anchor), "emitter");
        vm.assertEq(logs[0].topics.length, 3, "topics");
        vm.assertEq(logs[0].topics[0], AuditAnchor.Anchored.selector, "event");
        vm.assertEq(logs[0].topics[1], bytes32(uint256(uint160(by))), "by");
        vm.assertEq(logs[0].topics[2], log, "log");
        vm.assertEq(logs[0].data, abi.encode(size, head), "data");
    }

    /// @dev It tells and keeps nothing: a smaller size after a larger one is for the reader to judge.
    function test_WhenTheSizeFalls() public {
        _anchor.anchor(LOG, 9, HEAD);
        _anchor.anchor(LOG, 8, HEAD);
        for (uint256 slot = 0; slot < 4; ++slot) {
            vm.assertEq(vm.load(address(_anchor), bytes32(slot)), 0, "storage");
        }
    }

    function test_RevertWhen_MoneyIsSent() public {
        vm.deal(address(this), 1 ether);
        (bool taken,) = address(_anchor).call{value: 1}("");
        vm.assertEq(taken, false, "plain money");
        (taken,) = address(_anchor).call{value: 1}(abi.encodeCall(AuditAnchor.anchor, (LOG, 1, HEAD)));
        vm.assertEq(taken, false, "money with a call");
    }
}
