// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {DealState} from "../../../contracts/types/DealState.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {FindingBase} from "../FindingBase.sol";

/// @notice Pain 4: an arbiter that is lost or silent freezes the money. Here its time runs out, and either side ends the deal
/// by the award that both signed.
contract Pain4_SilenceEnds is FindingBase {
    function test_BuyerEndsIt() public {
        _ends(buyer);
    }

    function test_SellerEndsIt() public {
        _ends(seller);
    }

    function test_ALateRulingIsNone() public {
        Terms memory terms = _disputed(ETH);
        _late(terms);
        _expectTooLate(terms);
        vm.prank(arbiter);
        escrow.rule(terms, 10_000, REASON, "");
    }

    function _ends(address party) private {
        Terms memory terms = _disputed(ETH);
        _atDeadline(terms);
        _expectTooEarly(terms);
        vm.prank(party);
        escrow.awardByDefault(terms);
        _late(terms);
        uint256 had = buyer.balance;
        vm.prank(party);
        escrow.awardByDefault(terms);
        _assertState(terms, DealState.Resolved);
        vm.assertEq(buyer.balance - had, ETH_PRICE / 2, "the award");
        vm.assertEq(seller.balance, ETH_PRICE / 2 - ETH_PRICE / 80, "and the rest, less the operator's fee");
    }
}
