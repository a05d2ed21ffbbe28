// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {DeltaEscrow} from "../../contracts/mocks/faulty/Deposits.sol";
import {ReenteringParty} from "../../contracts/mocks/parties/Receivers.sol";
import {HookedToken} from "../../contracts/mocks/tokens/Refusals.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {FindingBase} from "./FindingBase.sol";

/// @notice Finding 1: a token's hook opens a second deal while the first deposit is being measured, and one transfer counts
/// for both.
contract Finding01_DepositCountedTwice is FindingBase {
    HookedToken private token;
    ReenteringParty private party;

    function setUp() public override {
        super.setUp();
        token = new HookedToken();
        party = new ReenteringParty(buyer);
        party.act(address(token), abi.encodeCall(HookedToken.register, ()));
    }

    function test_EscrowOwesNoMoreThanItHolds() public {
        Offer memory offer = _offerOf(_terms(address(token)));
        offer.quantity = 2;
        bytes memory signature = _signOffer(offer);
        _attack(
            address(escrow),
            abi.encodeCall(IEscrow.open, (offer, 0, signature)),
            abi.encodeCall(IEscrow.open, (offer, 1, signature))
        );
        vm.assertEq(party.answer(), GUARDED, "refused by the guard");
        Terms memory second = _terms(address(token));
        second.salt += 1;
        _assertState(second, DealState.None);
        uint256 owed = escrow.remainingOf(offer.terms) + escrow.remainingOf(second);
        vm.assertEq(owed, PRICE, "one deal is owed");
        vm.assertEq(token.balanceOf(address(escrow)), owed, "and held");
    }

    function test_FaultyEscrowOwesMoreThanItHolds() public {
        DeltaEscrow faulty = new DeltaEscrow();
        _attack(
            address(faulty),
            abi.encodeCall(DeltaEscrow.deposit, (0, address(token), PRICE)),
            abi.encodeCall(DeltaEscrow.deposit, (1, address(token), PRICE))
        );
        vm.assertTrue(party.succeeded(), "the second deposit went through");
        vm.assertEq(faulty.held(0) + faulty.held(1), 3 * PRICE, "three deposits are owed");
        vm.assertEq(token.balanceOf(address(faulty)), 2 * PRICE, "two are held");
    }

    function _attack(address target, bytes memory outer, bytes memory inner) private {
        _give(address(token), address(party), 2 * PRICE, target);
        party.arm(target, inner);
        party.act(target, outer);
        vm.assertTrue(party.tried(), "the hook was called");
    }
}
