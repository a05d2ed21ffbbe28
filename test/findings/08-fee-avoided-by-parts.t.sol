// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {FeePerPart} from "../../contracts/mocks/faulty/Payouts.sol";
import {Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 8: a payment cut into parts so small that each one's fee rounds to nothing.
contract Finding08_FeeAvoidedByParts is FindingBase {
    uint256 private constant PARTS = 100;
    /// @dev The most that 2.5 % rounds to nothing.
    uint256 private constant SMALL = 39;

    Terms private terms;
    FeePerPart private faulty;

    function test_EscrowTakesTheWholeFee() public {
        terms = _funded(address(usd));
        _inParts(_payPart);
        vm.prank(seller);
        escrow.refund(terms);
        _collect(terms);
        vm.assertEq(usd.balanceOf(operator), PARTS * SMALL / 40, "fee of the sum");
        vm.assertEq(usd.balanceOf(seller), PARTS * SMALL - PARTS * SMALL / 40, "the seller has the rest");
    }

    function testFuzz_FeeOfPartsIsFeeOfTheSum(uint256[5] memory parts) public {
        terms = _funded(address(usd));
        uint256 sum;
        for (uint256 i = 0; i < 5; ++i) {
            uint256 part = _bound(parts[i], 1, i % 2 == 0 ? SMALL : PRICE / 6);
            sum += part;
            _payPart(part);
        }
        vm.prank(seller);
        escrow.refund(terms);
        _collect(terms);
        vm.assertEq(usd.balanceOf(operator), sum * 250 / 10_000, "fee of the sum");
    }

    function test_FaultyEscrowTakesNothing() public {
        faulty = new FeePerPart();
        _inParts(_payFaulty);
        vm.assertEq(faulty.fees(), 0, "no fee at all");
    }

    function _inParts(function(uint256) internal pay) private {
        for (uint256 i = 0; i < PARTS; ++i) pay(SMALL);
    }

    function _payPart(uint256 amount) private {
        vm.prank(buyer);
        escrow.releasePart(terms, uint128(amount));
    }

    function _payFaulty(uint256 amount) private {
        faulty.releasePart(amount);
    }
}
