// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IArbiterPoolErrors} from "../../../contracts/interfaces/IArbiterPoolErrors.sol";
import {IArbiterPoolEvents} from "../../../contracts/interfaces/IArbiterPoolEvents.sol";
import {PoolBase} from "../../support/PoolBase.sol";
import {vm} from "../../support/Vm.sol";

/// @notice Who gets into the roster and out of it, and when a bond is free.
contract RosterTest is PoolBase {
    address private constant NEW = address(0x4E3);

    function test_admitThenJoin() external {
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.Admitted(NEW, block.timestamp + 3 days);
        _admit(NEW);
        uint256 from = block.timestamp + 3 days;
        vm.deal(NEW, 3 ether);
        vm.warp(from - 1);
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.AdmissionPending.selector, from, from - 1));
        vm.prank(NEW);
        pool.join{value: BOND}();
        vm.warp(from);
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.BondTooSmall.selector, BOND - 1, BOND));
        vm.prank(NEW);
        pool.join{value: BOND - 1}();
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.Listed(NEW, BOND);
        vm.prank(NEW);
        pool.join{value: BOND}();
        vm.assertEq(pool.memberOf(NEW).place, ARBITERS + 1, "place");
        vm.assertEq(pool.roster()[ARBITERS], NEW, "listed");
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.AlreadyListed.selector, NEW));
        vm.prank(NEW);
        pool.join{value: 1}();
    }

    function test_join_refusesStrangersAndTooManyCoins() external {
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.NotAdmitted.selector, NEW));
        vm.prank(NEW);
        pool.join();
        _admit(NEW);
        vm.warp(block.timestamp + 3 days);
        vm.deal(NEW, 1 << 97);
        vm.expectRevert(abi.encodeWithSignature("SafeCastOverflowedUintDowncast(uint8,uint256)", 96, 1 << 96));
        vm.prank(NEW);
        pool.join{value: 1 << 96}();
    }

    function test_join_refusesWhenFull() external {
        for (uint256 i = 1; i <= 201 - ARBITERS; ++i) {
            _admit(address(uint160(0xF00000 + i)));
        }
        vm.warp(block.timestamp + 3 days);
        for (uint256 i = 1; i <= 200 - ARBITERS; ++i) {
            _join(address(uint160(0xF00000 + i)), BOND);
        }
        address last = address(uint160(0xF00000 + 201 - ARBITERS));
        vm.deal(last, BOND);
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.RosterFull.selector, 200));
        vm.prank(last);
        pool.join{value: BOND}();
    }

    function test_suspend() external {
        address first = _arbiter(0);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.Delisted(first);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.Suspended(first);
        vm.prank(CLERK);
        pool.suspend(first);
        vm.assertEq(pool.memberOf(first).place, 0, "out");
        vm.assertEq(_bondOf(first), BOND, "bond stays");
        vm.assertEq(pool.roster().length, ARBITERS - 1, "one less");
        vm.assertEq(pool.roster()[0], _arbiter(ARBITERS - 1), "the last took the place");
        vm.assertEq(pool.memberOf(_arbiter(ARBITERS - 1)).place, 1, "and knows it");
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.NotAdmitted.selector, first));
        vm.prank(CLERK);
        pool.suspend(first);
        // Readmitted, it comes back with the bond that it has.
        _admit(first);
        vm.warp(block.timestamp + 3 days);
        vm.prank(first);
        pool.join();
        vm.assertEq(pool.memberOf(first).place, ARBITERS, "back");
    }

    function test_suspend_theLastInTheList() external {
        vm.prank(CLERK);
        pool.suspend(_arbiter(ARBITERS - 1));
        vm.assertEq(pool.roster()[ARBITERS - 2], _arbiter(ARBITERS - 2), "others stay where they are");
    }

    function test_admit_refusals() external {
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.AlreadyAdmitted.selector, _arbiter(0)));
        _admit(_arbiter(0));
        _expectNoRole(address(this), ADMISSION_ROLE);
        pool.admit(NEW);
        _expectNoRole(address(this), ADMISSION_ROLE);
        pool.suspend(_arbiter(0));
    }

    function _expectNoRole(address account, bytes32 role) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, account, role)
        );
    }

    function test_resignAndWithdraw() external {
        address first = _arbiter(0);
        _expectWithdrawal(abi.encodeWithSelector(IArbiterPoolErrors.NotLeaving.selector, first));
        uint256 free = block.timestamp + 30 days;
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.Leaving(first, free);
        vm.prank(first);
        pool.resign();
        vm.assertEq(pool.memberOf(first).place, 0, "in no later draw");
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.AlreadyLeaving.selector, first, free));
        vm.prank(first);
        pool.resign();
        vm.warp(free - 1);
        _expectWithdrawal(abi.encodeWithSelector(IArbiterPoolErrors.StillLeaving.selector, free, free - 1));
        vm.warp(free);
        vm.expectEmit(address(pool));
        emit IArbiterPoolEvents.BondWithdrawn(first, NEW, BOND);
        vm.prank(first);
        pool.withdrawBond(NEW);
        vm.assertEq(NEW.balance, BOND, "paid");
        vm.assertEq(pool.memberOf(first).leavingAt, 0, "has left, and is not leaving any more");
        _assertConserved(0);
        _expectWithdrawal(abi.encodeWithSelector(IArbiterPoolErrors.NoBond.selector, first));
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.NoBond.selector, first));
        vm.prank(first);
        pool.resign();
    }

    function _expectWithdrawal(bytes memory refusal) private {
        vm.expectRevert(refusal);
        vm.prank(_arbiter(0));
        pool.withdrawBond(NEW);
    }

    function test_join_takesBackAResignation() external {
        vm.prank(_arbiter(3));
        pool.resign();
        vm.prank(_arbiter(3));
        pool.join();
        vm.assertEq(pool.memberOf(_arbiter(3)).leavingAt, 0, "stays");
    }

    function test_withdrawBond_notWhileOnAPanel() external {
        (, bytes32 id) = _drawn(ETH);
        address member = _panel(id, 1)[0];
        vm.prank(member);
        pool.resign();
        vm.warp(block.timestamp + 30 days);
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.InRunningCase.selector, member, 1));
        vm.prank(member);
        pool.withdrawBond(member);
        pool.close(id);
        vm.prank(member);
        pool.withdrawBond(member);
        vm.assertEq(member.balance, BOND - SLASH, "less the slash");
    }

    function test_withdrawBond_toARefuserReverts() external {
        vm.prank(_arbiter(0));
        pool.resign();
        vm.warp(block.timestamp + 30 days);
        _expectWithdrawalTo(address(usd));
    }

    function _expectWithdrawalTo(address refuser) private {
        vm.expectRevert(abi.encodeWithSelector(IArbiterPoolErrors.SendFailed.selector, ETH, refuser, BOND));
        vm.prank(_arbiter(0));
        pool.withdrawBond(refuser);
        vm.assertEq(_bondOf(_arbiter(0)), BOND, "still there");
    }
}
