// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {DealState} from "../../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {FindingBase} from "../FindingBase.sol";

/// @notice Pain 3: a buyer names any arbiter and rules for herself. Here the arbiter is part of what both sides agreed to.
contract Pain3_BothNameTheArbiter is FindingBase {
    function test_BuyerCannotBringHerOwn() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _signOffer(offer);
        address[2] memory hers = [buyer, stranger];
        bytes[2] memory reasons = [
            abi.encodeWithSelector(IEscrowErrors.ArbiterIsParty.selector, buyer),
            abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller)
        ];
        for (uint256 i = 0; i < 2; ++i) {
            offer.terms.arbiter = hers[i];
            vm.expectRevert(reasons[i]);
            vm.prank(buyer);
            escrow.open{value: ETH_PRICE}(offer, 0, signature);
        }
    }

    function test_BuyersAccompliceCannotRule() public {
        Terms memory terms = _disputed(ETH);
        Terms memory hers = abi.decode(abi.encode(terms), (Terms));
        hers.arbiter = stranger;
        bytes memory rule = abi.encodeCall(IEscrow.rule, (hers, 10_000, REASON, ""));
        vm.assertTrue(!_try(stranger, address(escrow), rule), "there is no such deal");
        rule = abi.encodeCall(IEscrow.rule, (terms, 10_000, REASON, ""));
        vm.assertTrue(!_try(stranger, address(escrow), rule), "and this one has another arbiter");
        _assertState(terms, DealState.Disputed);
    }
}
