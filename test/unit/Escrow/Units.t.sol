// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {Base} from "../../support/Base.sol";
import {vm} from "../../support/Vm.sol";

/// @notice One signature, several deals: each unit is a deal of its own.
contract Escrow_units is Base {
    Offer private _offer;
    bytes private _signature;

    function setUp() public override {
        super.setUp();
        Offer memory offer = _offerOf(_terms(ETH));
        offer.quantity = 3;
        _offer = offer;
        _signature = _signOffer(offer);
        vm.deal(stranger, 10 ether);
    }

    function test_WhenTwoBuyersTakeUnits() public {
        bytes32 first = _take(buyer, 0);
        bytes32 last = _take(stranger, 2);
        vm.assertEq(first, _idOf(_unit(0)), "first id");
        vm.assertEq(last, _idOf(_unit(2)), "last id");
        vm.assertEq(escrow.dealOf(first).taker, buyer, "first buyer");
        vm.assertEq(escrow.dealOf(last).taker, stranger, "last buyer");
        _assertState(_unit(1), DealState.None);
        vm.assertEq(address(escrow).balance, 2 ether, "escrow holds");
    }

    function test_WhenOneUnitEndsTheOthersGoOn() public {
        _take(buyer, 0);
        _take(buyer, 1);
        Terms memory unit = _unit(1);
        vm.prank(buyer);
        escrow.release(unit);
        _assertState(unit, DealState.Completed);
        _assertState(_unit(0), DealState.Funded);
        vm.assertEq(escrow.remainingOf(_unit(0)), 1 ether, "remaining");
    }

    function test_RevertGiven_UnitIsTaken() public {
        _take(buyer, 1);
        vm.expectRevert(
            abi.encodeWithSelector(
                IEscrowErrors.UnexpectedState.selector, _idOf(_unit(1)), DealState.Funded, only(DealState.None)
            )
        );
        _take(stranger, 1);
    }

    function test_RevertWhen_UnitIsBeyondTheQuantity() public {
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.UnitOutOfRange.selector, 3, 3));
        _take(buyer, 3);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.UnitOutOfRange.selector, type(uint32).max, 3));
        _take(buyer, type(uint32).max);
    }

    function test_RevertWhen_NothingIsOffered() public {
        Offer memory offer = _offerOf(_terms(ETH));
        offer.quantity = 0;
        _offer = offer;
        _signature = _signOffer(offer);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.UnitOutOfRange.selector, 0, 0));
        _take(buyer, 0);
    }

    function test_cancelOffer_VoidsTheUnitWithItsSaltAlone() public {
        Terms memory voided = _unit(1);
        vm.prank(seller);
        escrow.cancelOffer(voided);
        _take(buyer, 0);
        _take(buyer, 2);
        vm.expectRevert(
            abi.encodeWithSelector(
                IEscrowErrors.UnexpectedState.selector, _idOf(voided), DealState.Cancelled, only(DealState.None)
            )
        );
        _take(buyer, 1);
    }

    /// @dev A deal cannot be entered twice by another offer whose salts overlap.
    function test_RevertWhen_AnotherOfferReachesTheSameDeal() public {
        _take(buyer, 1);
        Offer memory overlapping = _offerOf(_unit(1));
        bytes memory signature = _signOffer(overlapping);
        vm.expectRevert(
            abi.encodeWithSelector(
                IEscrowErrors.UnexpectedState.selector, _idOf(_unit(1)), DealState.Funded, only(DealState.None)
            )
        );
        vm.prank(buyer);
        escrow.open{value: 1 ether}(overlapping, 0, signature);
    }

    function _unit(uint64 unit) private view returns (Terms memory terms) {
        terms = _terms(ETH);
        terms.salt += unit;
    }

    function _take(address by, uint32 unit) private returns (bytes32) {
        Offer memory offer = _offer;
        bytes memory signature = _signature;
        vm.prank(by);
        return escrow.open{value: 1 ether}(offer, unit, signature);
    }
}
