// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrowEvents} from "../../../contracts/interfaces/IEscrowEvents.sol";
import {IERC3009} from "../../../contracts/interfaces/external/IERC3009.sol";
import {ERC3009} from "../../../contracts/mocks/ERC3009.sol";
import {FalseReturnToken, IdlePermitToken} from "../../../contracts/mocks/tokens/OddReturns.sol";
import {Multisig} from "../../../contracts/mocks/parties/Multisig.sol";
import {DealState, only} from "../../../contracts/types/DealState.sol";
import {Authorization} from "../../../contracts/types/Payment.sol";
import {Offer, Terms} from "../../../contracts/types/Terms.sol";
import {PaymentBase} from "../../support/PaymentBase.sol";
import {vm} from "../../support/Vm.sol";

contract Escrow_openWithAuthorization is PaymentBase {
    function test_WhenAnyoneSubmits() public {
        Terms memory terms = _terms(address(usd));
        uint256 had = usd.balanceOf(buyer);
        _open(terms, _payment(_idOf(terms), 0));
        _assertPaid(terms, buyer, had, 0);
        vm.assertTrue(usd.authorizationState(buyer, _idOf(terms)), "the deal's id is the nonce");
    }

    function test_WhenItTips() public {
        Terms memory terms = _terms(address(usd));
        uint256 had = usd.balanceOf(buyer);
        Authorization memory payment = _payment(_idOf(terms), TIP);
        vm.expectEmit(address(escrow));
        emit IEscrowEvents.Tipped(_idOf(terms), RELAYER, TIP);
        _open(terms, payment);
        _assertPaid(terms, buyer, had, TIP);
    }

    /// @dev Two owners' signatures are 130 bytes, which only the overload with `bytes` can carry.
    function test_WhenBuyerIsAContractWallet() public {
        Multisig wallet = _multisig();
        Terms memory terms = _terms(address(usd));
        Authorization memory payment = _unsigned(address(wallet), TIP);
        payment.signature = _signByBoth(_digest(_idOf(terms), payment));
        _open(terms, payment);
        _assertPaid(terms, address(wallet), USD_PRICE + TIP, TIP);
    }

    /// @dev Who relays an ask does not take it, whether it names its buyer or not, and be it the seller.
    function test_WhenAnAskNamesItsBuyer() public {
        Terms memory terms = _terms(address(usd));
        terms.buyer = buyer;
        uint256 had = usd.balanceOf(buyer);
        _open(terms, _payment(_idOf(terms), 0));
        _assertPaid(terms, buyer, had, 0);
    }

    function test_WhenTheSellerRelays() public {
        Terms memory terms = _terms(address(usd));
        (Offer memory offer, bytes memory signature) = _ask(terms);
        Authorization memory payment = _payment(_idOf(terms), 0);
        vm.prank(seller);
        escrow.openWithAuthorization(offer, 0, signature, payment);
        (address s, address b) = escrow.partiesOf(terms);
        vm.assertEq(s, seller, "seller");
        vm.assertEq(b, buyer, "buyer");
    }

    function test_WhenABidNamesItsSeller() public {
        (Offer memory offer,) = _bid(buyer);
        offer.terms.seller = seller;
        bytes memory signature = _signBid(offer);
        Authorization memory payment = _payment(_idOf(offer.terms), 0);
        vm.prank(seller);
        escrow.openWithAuthorization(offer, 0, signature, payment);
        vm.assertEq(escrow.dealOf(_idOf(offer.terms)).taker, seller, "taker");
    }

    function test_WhenSellerTakesABid() public {
        (Offer memory offer, bytes memory signature) = _bid(buyer);
        Authorization memory payment = _payment(_idOf(offer.terms), 0);
        vm.prank(stranger);
        escrow.openWithAuthorization(offer, 0, signature, payment);
        (address s, address b) = escrow.partiesOf(offer.terms);
        vm.assertEq(s, stranger, "seller");
        vm.assertEq(b, buyer, "buyer");
    }

    /// @dev The authorisation of a bid's maker does not make the payer of an ask out of who relays.
    function test_RevertWhen_BidIsPaidByAnother() public {
        (Offer memory offer, bytes memory signature) = _bid(buyer);
        Authorization memory payment = _payment(_idOf(offer.terms), 0);
        payment.buyer = stranger;
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongCaller.selector, stranger, buyer));
        vm.prank(RELAYER);
        escrow.openWithAuthorization(offer, 0, signature, payment);
    }

    function test_RevertWhen_PaymentIsOfAnotherDeal() public {
        Terms memory other = _terms(address(usd));
        other.salt = 2;
        _forged(_terms(address(usd)), _payment(_idOf(other), 0), buyer);
    }

    function test_RevertWhen_RelayerNamesAnotherBuyer() public {
        Terms memory terms = _terms(address(usd));
        Authorization memory payment = _payment(_idOf(terms), 0);
        payment.buyer = stranger;
        _forged(terms, payment, stranger);
    }

    function test_RevertWhen_RelayerRaisesItsTip() public {
        Terms memory terms = _terms(address(usd));
        Authorization memory payment = _payment(_idOf(terms), TIP);
        payment.tip = TIP + 1;
        _forged(terms, payment, buyer);
    }

    function test_RevertWhen_WindowDiffersFromWhatWasSigned() public {
        Terms memory terms = _terms(address(usd));
        Authorization memory payment = _payment(_idOf(terms), 0);
        payment.validBefore += 1;
        _forged(terms, payment, buyer);
        payment = _payment(_idOf(terms), 0);
        payment.validAfter -= 1;
        _forged(terms, payment, buyer);
    }

    function test_RevertWhen_NotValidNow() public {
        Terms memory terms = _terms(address(usd));
        Authorization memory payment = _payment(_idOf(terms), 0);
        vm.warp(payment.validBefore);
        bytes memory refusal = abi.encodeWithSelector(
            ERC3009.AuthorizationNotValidNow.selector, payment.validAfter, payment.validBefore
        );
        _refused(terms, payment, refusal);
    }

    /// @dev The token refuses whoever is not the payee: nobody can use the authorisation up beside the deal.
    function test_RevertWhen_RelayerGoesToTheTokenItself() public {
        Terms memory terms = _terms(address(usd));
        Authorization memory p = _payment(_idOf(terms), 0);
        bytes32 id = _idOf(terms);
        vm.expectRevert(abi.encodeWithSelector(ERC3009.CallerIsNotPayee.selector, RELAYER, address(escrow)));
        vm.prank(RELAYER);
        IERC3009(address(usd)).receiveWithAuthorization(
            buyer, address(escrow), USD_PRICE, p.validAfter, p.validBefore, id, p.signature
        );
        _open(terms, p);
        _assertState(terms, DealState.Funded);
    }

    function test_RevertWhen_SubmittedTwice() public {
        Terms memory terms = _terms(address(usd));
        Authorization memory payment = _payment(_idOf(terms), 0);
        _open(terms, payment);
        bytes memory refusal = abi.encodeWithSelector(
            IEscrowErrors.UnexpectedState.selector, _idOf(terms), DealState.Funded, only(DealState.None)
        );
        _refused(terms, payment, refusal);
    }

    function test_RevertWhen_CoinsComeWithIt() public {
        Terms memory terms = _terms(address(usd));
        Authorization memory payment = _payment(_idOf(terms), 0);
        (Offer memory offer, bytes memory signature) = _ask(terms);
        vm.deal(RELAYER, 1);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 1, 0));
        vm.prank(RELAYER);
        escrow.openWithAuthorization{value: 1}(offer, 0, signature, payment);
    }

    function test_RevertWhen_DealIsInEth() public {
        Terms memory terms = _terms(ETH);
        bytes memory refusal = abi.encodeWithSelector(IEscrowErrors.NotAToken.selector, ETH);
        _refused(terms, _payment(_idOf(terms), 0), refusal);
    }

    /// @dev A fallback function swallows the call and moves nothing: that is no payment.
    function test_RevertWhen_TokenSwallowsTheCall() public {
        Terms memory terms = _terms(address(new IdlePermitToken()));
        bytes memory refusal =
            abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, USD_PRICE, 0);
        _refused(terms, _payment(_idOf(terms), 0), refusal);
    }

    function test_RevertWhen_TokenKnowsNoAuthorizations() public {
        Terms memory terms = _terms(address(new FalseReturnToken()));
        _refused(terms, _payment(_idOf(terms), 0), "");
    }

    function _open(Terms memory terms, Authorization memory payment) private {
        (Offer memory offer, bytes memory signature) = _ask(terms);
        vm.prank(RELAYER);
        escrow.openWithAuthorization(offer, 0, signature, payment);
    }

    function _forged(Terms memory terms, Authorization memory payment, address authorizer) private {
        _refused(terms, payment, abi.encodeWithSelector(ERC3009.AuthorizationForged.selector, authorizer));
    }

    function _refused(Terms memory terms, Authorization memory payment, bytes memory refusal) private {
        (Offer memory offer, bytes memory signature) = _ask(terms);
        vm.expectRevert(refusal);
        vm.prank(RELAYER);
        escrow.openWithAuthorization(offer, 0, signature, payment);
    }

    function _payment(bytes32 id, uint256 tip) private view returns (Authorization memory payment) {
        payment = _unsigned(buyer, tip);
        payment.signature = _sign(BUYER_KEY, _digest(id, payment));
    }

    function _unsigned(address from, uint256 tip) private view returns (Authorization memory) {
        return Authorization(from, tip, block.timestamp - 1, block.timestamp + 1 hours, "");
    }

    function _digest(bytes32 id, Authorization memory p) private view returns (bytes32) {
        bytes32 typehash = keccak256(
            "ReceiveWithAuthorization(address from,address to,uint256 value,uint256 validAfter,uint256 validBefore,"
            "bytes32 nonce)"
        );
        bytes32 structHash = keccak256(
            abi.encode(typehash, p.buyer, address(escrow), USD_PRICE + p.tip, p.validAfter, p.validBefore, id)
        );
        return keccak256(abi.encodePacked(hex"1901", usd.DOMAIN_SEPARATOR(), structHash));
    }
}
