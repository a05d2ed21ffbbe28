// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {HookedToken} from "../../contracts/mocks/tokens/Refusals.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {EntryPoints} from "./EntryPoints.sol";
import {TokenBase} from "./TokenBase.sol";
import {BurningHook, Reenterer} from "./zoo/Reenterer.sol";

/// @notice Every function is entered again while money moves: from the payer's hook, the payee's hook, and on coins.
contract Token_Hooks is TokenBase {
    bytes4 private constant REENTERED = bytes4(keccak256("ReentrancyGuardReentrantCall()"));

    HookedToken private token;
    Reenterer private payer;
    Reenterer private payee;

    function setUp() public override {
        super.setUp();
        token = new HookedToken();
        payer = new Reenterer(buyer, address(escrow));
        payee = new Reenterer(seller, address(escrow));
        token.mint(address(payer), PRICE);
        payer.act(address(token), abi.encodeCall(token.register, ()));
        payer.act(address(token), abi.encodeCall(token.approve, (address(escrow), PRICE)));
        payee.act(address(token), abi.encodeCall(token.register, ()));
    }

    function test_WhenThePayersHookEntersAnyFunction() public harmsNobody {
        (Terms memory terms, Offer memory offer, bytes memory signature) = _offered(address(token));
        bytes[] memory calls = EntryPoints.guarded(offer);
        for (uint256 i = 0; i < 2 * calls.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            _script(calls, i);
            payer.act(address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, signature)));
            _assertRefused(payer);
            _assertState(terms, DealState.Funded);
            vm.assertEq(token.balanceOf(address(escrow)), PRICE, "one deposit");
            vm.revertToState(snapshot);
        }
    }

    function test_WhenThePayeesHookEntersAnyFunction() public harmsNobody {
        _payeeEnters(address(token));
    }

    function test_WhenThePayeeOfCoinsEntersAnyFunction() public harmsNobody {
        _payeeEnters(ETH);
    }

    /// @dev What is not guarded can still move no money, whatever it does to the deal in the middle of its opening.
    function test_WhenThePayersHookCallsWhatMovesNoMoney() public harmsNobody {
        (Terms memory terms, Offer memory offer, bytes memory signature) = _offered(address(token));
        bytes[] memory calls = EntryPoints.unguarded(terms);
        for (uint256 i = 0; i < calls.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            vm.etch(payer.SCRIPT(), calls[i]);
            payer.act(address(escrow), abi.encodeCall(IEscrow.open, (offer, 0, signature)));
            vm.assertTrue(payer.tried(), "it tried");
            vm.assertTrue(payer.answer() != REENTERED, "and was not stopped by the guard");
            vm.assertEq(escrow.remainingOf(terms), PRICE, "the deal is whole");
            _endsInFull(terms);
            vm.revertToState(snapshot);
        }
    }

    function test_WhenTheBuyersHookBurnsAllGas_TheSellerIsPaid() public harmsNobody {
        token.mint(buyer, PRICE);
        Terms memory terms = _terms(address(token));
        _open(terms);
        _dispute(terms);
        vm.prank(buyer);
        token.register();
        vm.etch(buyer, address(new BurningHook()).code);
        vm.prank(arbiter);
        // The most gas that a transaction may have since EIP-7825; a 64th of it is left after the hook.
        escrow.rule{gas: 1 << 24}(terms, 4_000, REASON, "");
        _collect(terms);
        vm.assertEq(escrow.creditOf(address(token), buyer), 38e6, "buyer is owed");
        vm.assertEq(token.balanceOf(seller), 55_575_000, "seller is paid");
        vm.assertEq(token.balanceOf(arbiter), 5e6, "arbiter is paid");
        vm.assertEq(token.balanceOf(operator), 1_425_000, "operator is paid");
        vm.prank(buyer);
        escrow.withdraw(address(token), stranger);
        vm.assertEq(token.balanceOf(stranger), 38e6, "taken out to another address");
        vm.etch(buyer, "");
    }

    function _payeeEnters(address money) private {
        Terms memory terms = _terms(money);
        terms.seller = address(payee);
        token.mint(buyer, PRICE);
        _open(terms);
        Offer memory offer = _offerOf(terms);
        bytes[] memory calls = EntryPoints.guarded(offer);
        for (uint256 i = 0; i < 2 * calls.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            _script(calls, i);
            uint256 held = _balance(money, address(escrow));
            vm.prank(buyer);
            escrow.release(terms);
            _assertRefused(payee);
            uint256 net = terms.price - terms.price * OPERATOR_BPS / 10_000;
            vm.assertEq(_balance(money, address(payee)), net, "paid once");
            vm.assertEq(held - _balance(money, address(escrow)), net, "nothing else left the escrow");
            vm.assertEq(escrow.creditOf(money, address(payee)), 0, "and is not owed");
            vm.revertToState(snapshot);
        }
    }

    /// @dev The first half of the rounds calls directly, the second by a batch.
    function _script(bytes[] memory calls, uint256 round) private {
        bytes memory call = calls[round % calls.length];
        vm.etch(payer.SCRIPT(), round < calls.length ? call : EntryPoints.batched(call));
    }

    function _assertRefused(Reenterer party) private view {
        vm.assertTrue(party.tried(), "it tried");
        vm.assertTrue(!party.succeeded(), "in vain");
        vm.assertEq(bytes32(party.answer()), bytes32(REENTERED), "because of the guard");
    }

    /// @dev Whatever state the call left behind, the buyer gets the price back, or what the arbiter leaves of it.
    function _endsInFull(Terms memory terms) private {
        bool disputed = escrow.dealOf(_idOf(terms)).state == DealState.Disputed;
        vm.prank(disputed ? arbiter : seller);
        if (disputed) escrow.rule(terms, 10_000, REASON, "");
        else escrow.refund(terms);
        _collect(terms);
        uint256 got = token.balanceOf(address(payer)) + token.balanceOf(arbiter);
        vm.assertEq(got, PRICE, "all of the price came out");
        vm.assertEq(token.balanceOf(address(escrow)), 0, "escrow holds");
    }
}
