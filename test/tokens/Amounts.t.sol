// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {Act, Action} from "../../contracts/types/Act.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "./TokenBase.sol";
import {
    DenyingToken,
    GenerousToken,
    OutgoingFeeToken,
    RebasingToken,
    StingyToken,
    WholeBalanceToken
} from "./zoo/Amounts.sol";

/// @notice Tokens that move another amount than was asked.
contract Token_OutgoingFee is TokenBase {
    function test_WhenTheTokenTakesAFeeOnTheWayOut() public harmsNobody {
        OutgoingFeeToken token = new OutgoingFeeToken();
        Terms memory terms = _begin(token);
        vm.prank(buyer);
        escrow.release(terms);
        vm.assertEq(token.balanceOf(seller), NET - NET / 100, "the token's own fee is the recipient's loss");
        vm.assertEq(escrow.creditOf(address(token), seller), 0, "nothing is owed twice");
        vm.assertEq(token.balanceOf(address(escrow)), FEE, "what waits is the operator's");
        _collect(terms);
        vm.assertEq(token.balanceOf(address(escrow)), 0, "escrow holds");
    }
}

contract Token_Generous is TokenBase {
    GenerousToken private token;

    function setUp() public override {
        super.setUp();
        token = new GenerousToken();
    }

    function test_RevertWhen_MoreArrives() public harmsNobody {
        token.mint(buyer, 1);
        token.setExtra(1);
        _beginRefused(token, abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, PRICE, PRICE + 1));
    }

    function test_WhenMoreLeaves_TheNextDealInItIsOwed() public harmsNobody {
        Terms memory first = _begin(token);
        Terms memory second = _terms(address(token));
        second.salt = 2;
        token.mint(buyer, PRICE);
        _open(second);
        token.setExtra(10e6);
        vm.prank(buyer);
        escrow.release(first);
        vm.assertEq(token.balanceOf(seller), NET + 10e6, "the token gave more");
        vm.prank(buyer);
        escrow.release(second);
        vm.assertEq(escrow.creditOf(address(token), seller), NET, "now too little is there, so it is owed");
        token.mint(address(escrow), 15e6);
        token.setExtra(0);
        _withdraws(address(token), seller, NET);
    }
}

contract Token_Denying is TokenBase {
    /// @dev A token that denies a payment it made is believed; what is owed for it can only come out of its own deals.
    function test_WhenAPaymentIsDenied() public harmsNobody {
        DenyingToken token = new DenyingToken();
        Terms memory terms = _begin(token);
        vm.prank(buyer);
        escrow.release(terms);
        vm.assertEq(token.balanceOf(seller), NET, "the token paid");
        vm.assertEq(escrow.creditOf(address(token), seller), NET, "and denied it");
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.WithdrawFailed.selector, address(token), seller, NET)
        );
        vm.prank(seller);
        escrow.withdraw(address(token), seller);
    }
}

contract Token_Stingy is TokenBase {
    function test_RevertWhen_AUnitIsMissing() public harmsNobody {
        _beginRefused(
            new StingyToken(), abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, PRICE, PRICE - 1)
        );
    }
}

contract Token_Rebasing is TokenBase {
    RebasingToken private token;

    function setUp() public override {
        super.setUp();
        token = new RebasingToken();
    }

    function test_WhenBalancesGrow_TheDealPaysItsPriceAndNoMore() public harmsNobody {
        Terms memory terms = _begin(token);
        token.rebase(200);
        _releasesInFull(terms);
        vm.assertEq(token.balanceOf(address(escrow)), PRICE, "the gain is nobody's");
        address[3] memory people = [seller, buyer, operator];
        for (uint256 i = 0; i < people.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IEscrowErrors.NothingToWithdraw.selector, address(token), people[i])
            );
            vm.prank(people[i]);
            escrow.withdraw(address(token), people[i]);
        }
    }

    function test_WhenBalancesShrinkAndGrowAgain_TheCreditIsPaid() public harmsNobody {
        Terms memory terms = _begin(token);
        token.rebase(50);
        vm.prank(seller);
        escrow.refund(terms);
        vm.assertEq(escrow.creditOf(address(token), buyer), PRICE, "owed in full");
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.WithdrawFailed.selector, address(token), buyer, PRICE)
        );
        vm.prank(buyer);
        escrow.withdraw(address(token), buyer);
        token.rebase(100);
        _withdraws(address(token), buyer, PRICE);
    }
}

contract Token_WholeBalance is TokenBase {
    WholeBalanceToken private token;

    function setUp() public override {
        super.setUp();
        token = new WholeBalanceToken();
    }

    function test_RevertWhen_ThePriceMeansEverything() public harmsNobody {
        Terms memory terms = _terms(address(token));
        terms.price = type(uint256).max;
        Offer memory offer = _offerOf(terms);
        bytes memory signature = _signOffer(offer);
        vm.expectRevert(
            abi.encodeWithSelector(
                IEscrowErrors.PriceOutOfRange.selector, type(uint256).max, uint256(type(uint128).max)
            )
        );
        vm.prank(buyer);
        escrow.open(offer, 0, signature);
    }

    /// @dev Price and tip together are the magic number: the token would hand over all that the buyer has.
    function test_RevertWhen_PriceAndTipMeanEverything() public harmsNobody {
        (Terms memory terms, Offer memory offer, bytes memory signature) = _prepare(token);
        token.mint(buyer, 900e6);
        vm.prank(buyer);
        token.approve(address(escrow), 1_000e6);
        Act memory opening =
            Act(buyer, Action.Open, PRICE, 0, type(uint256).max - PRICE, uint40(block.timestamp + 1 days));
        bytes memory consent = _sign(BUYER_KEY, Digests.act(address(escrow), _idOf(terms), opening, "open"));
        vm.expectRevert(
            abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, type(uint256).max, 1_000e6)
        );
        vm.prank(stranger);
        escrow.openFor(offer, 0, signature, opening, consent);
    }
}
