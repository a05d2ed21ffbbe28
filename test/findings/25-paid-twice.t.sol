// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {PerCallLimit} from "../../contracts/mocks/faulty/Limits.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 25: a limit is checked for each call and not for all of them, so the same money is paid again and again.
contract Finding25_PaidTwice is FindingBase {
    uint256 private constant CALLS = 6;

    /// @dev Both sides take turns, each with an amount that would be fine alone.
    function testFuzz_EscrowPaysNoMoreThanThePrice(uint256[6] memory amounts, bool endsWithRefund) public {
        Terms memory terms = _funded(address(usd));
        usd.mint(address(escrow), 10 * PRICE);
        uint256 before = usd.balanceOf(buyer);
        bytes[] memory calls = new bytes[](CALLS + 1);
        for (uint256 i = 0; i < CALLS; ++i) {
            uint128 part = uint128(_bound(amounts[i], 0, PRICE));
            calls[i] = i % 2 == 0
                ? abi.encodeCall(IEscrow.releasePart, (terms, part))
                : abi.encodeCall(IEscrow.refundPart, (terms, part));
        }
        calls[CALLS] = endsWithRefund ? abi.encodeCall(IEscrow.refund, (terms)) : _release(terms);
        _attack(address(escrow), calls);
        _attack(address(escrow), calls);
        _collect(terms);
        uint256 paid = usd.balanceOf(seller) + usd.balanceOf(buyer) - before + usd.balanceOf(operator);
        vm.assertEq(paid, PRICE, "the price, once");
        vm.assertEq(usd.balanceOf(address(escrow)), 10 * PRICE, "others' money is there");
    }

    function test_FaultyEscrowPaysTwice() public {
        PerCallLimit faulty = new PerCallLimit(PRICE);
        usd.mint(address(faulty), 10 * PRICE);
        bytes[] memory calls = new bytes[](1);
        calls[0] = abi.encodeCall(faulty.payOut, (address(usd), seller, PRICE));
        _attack(address(faulty), calls);
        _attack(address(faulty), calls);
        vm.assertEq(usd.balanceOf(seller), 2 * PRICE, "paid twice");
    }

    /// @dev Both parties try each call.
    function _attack(address target, bytes[] memory calls) private {
        for (uint256 i = 0; i < calls.length; ++i) {
            if (!_try(buyer, target, calls[i])) _try(seller, target, calls[i]);
        }
    }
}
