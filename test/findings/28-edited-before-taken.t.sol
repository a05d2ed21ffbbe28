// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {EditableListing} from "../../contracts/mocks/faulty/Settings.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 28: the seller sees the buyer's transaction coming and changes what is for sale before it.
contract Finding28_EditedBeforeTaken is FindingBase {
    bytes32 private constant BRICK = keccak256("a brick");

    /// @dev All that the seller can do in time is void the offer: then the buyer keeps the money.
    function test_EscrowGivesWhatTheBuyerSawOrNothing() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory take = abi.encodeCall(IEscrow.open, (offer, 0, _signOffer(offer)));
        bytes[4] memory edits = [
            abi.encodeCall(IEscrow.cancelOffer, (offer.terms)),
            abi.encodeCall(IEscrow.cancelNonces, (1)),
            abi.encodeCall(IEscrow.cancelAllOffers, ()),
            abi.encodeCall(IEscrow.counterOf, (seller))
        ];
        for (uint256 i = 0; i < 4; ++i) {
            uint256 snapshot = vm.snapshotState();
            bool taken = _attack(address(escrow), edits[i], take);
            vm.assertTrue(taken == (i == 3), "taken unless voided");
            vm.assertEq(buyer.balance, taken ? 99 ether : 100 ether, "paid only what was taken");
            vm.assertEq(_dealsOn(offer.terms, BRICK), 0, "nobody bought a brick");
            vm.revertToState(snapshot);
        }
    }

    /// @dev In the other order the deal stands: an offer that was taken cannot be voided.
    function test_EscrowKeepsADealThatWasFirst() public {
        Terms memory terms = _funded(ETH);
        vm.assertTrue(!_try(seller, address(escrow), abi.encodeCall(IEscrow.cancelOffer, (terms))), "too late");
        vm.assertTrue(_try(seller, address(escrow), abi.encodeCall(IEscrow.cancelAllOffers, ())), "voids other offers");
        _assertState(terms, DealState.Funded);
    }

    /// @dev A seller who signs both has two offers; what the buyer sent names one of them by all its terms.
    function test_EscrowTakesNoOtherTermsForASignature() public {
        Offer memory offer = _offerOf(_terms(ETH));
        bytes memory signature = _signOffer(offer);
        offer.terms.itemHash = BRICK;
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongSignature.selector, seller));
        vm.prank(buyer);
        escrow.open{value: ETH_PRICE}(offer, 0, signature);
    }

    function test_FaultyListingSellsABrick() public {
        vm.prank(seller);
        EditableListing faulty = new EditableListing();
        bytes memory edit = abi.encodeCall(EditableListing.edit, (BRICK));
        vm.assertTrue(_attack(address(faulty), edit, abi.encodeCall(EditableListing.take, ())), "taken");
        vm.assertEq(faulty.bought(buyer), BRICK, "a brick");
    }

    function _attack(address target, bytes memory edit, bytes memory take) private returns (bool taken) {
        _try(seller, target, edit);
        (taken,) = _tryWith(ETH_PRICE, buyer, target, take);
    }

    function _dealsOn(Terms memory terms, bytes32 itemHash) private view returns (uint256) {
        Terms memory other = abi.decode(abi.encode(terms), (Terms));
        other.itemHash = itemHash;
        return uint256(_stateOf(other));
    }
}
