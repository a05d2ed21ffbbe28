// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {IEscrowErrors} from "../../contracts/interfaces/IEscrowErrors.sol";
import {IEscrow} from "../../contracts/interfaces/IEscrow.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {vm} from "../support/Vm.sol";
import {TokenBase} from "./TokenBase.sol";
import {CoinSendingToken, GasBurningToken, Lie, LyingToken} from "./zoo/Liars.sol";

/// @notice Tokens that lie about balances.
contract Token_Liar is TokenBase {
    LyingToken private token;

    function setUp() public override {
        super.setUp();
        token = new LyingToken(address(escrow));
    }

    function test_RevertWhen_ItReportsNothing() public harmsNobody {
        token.tell(Lie.Nothing);
        _beginRefused(token, abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, PRICE, 0));
    }

    function test_RevertWhen_ItReportsDouble() public harmsNobody {
        token.tell(Lie.Double);
        _beginRefused(token, abi.encodeWithSelector(IEscrowErrors.UnexpectedTransfer.selector, PRICE, 2 * PRICE));
    }

    function test_RevertWhen_ItWillNotSay() public harmsNobody {
        token.tell(Lie.Refusal);
        _beginRefused(token, abi.encodeWithSelector(IEscrowErrors.NotAToken.selector, address(token)));
    }

    function test_RevertWhen_AskingBurnsAllGas() public harmsNobody {
        token.tell(Lie.Endless);
        (Terms memory terms, Offer memory offer, bytes memory signature) = _prepare(token);
        vm.expectRevert(abi.encodeWithSelector(IEscrowErrors.NotAToken.selector, address(token)));
        vm.prank(buyer);
        escrow.open{gas: 5_000_000}(offer, 0, signature);
        _assertState(terms, DealState.None);
    }

    function test_WhenItAnswersWithAMegabyte() public harmsNobody {
        token.tell(Lie.Megabyte);
        _releasesInFull(_begin(token));
    }

    /// @dev No ending asks for a balance, so no lie told after the opening matters.
    function test_WhenItBeginsToLieInTheMiddle() public harmsNobody {
        for (uint8 lie = 1; lie <= uint8(Lie.Megabyte); ++lie) {
            token.tell(Lie.None);
            Terms memory terms = _terms(address(token));
            terms.salt = 10 + lie;
            token.mint(buyer, PRICE);
            _open(terms);
            token.tell(Lie(lie));
            _releasesInFull(terms);
        }
    }
}

/// @notice A transfer that burns all gas fails like any other: it is owed.
contract Token_GasBurning is TokenBase {
    /// @dev The most gas that a transaction may have since EIP-7825.
    uint256 private constant MOST_GAS = 1 << 24;

    function test_WhenATransferBurnsAllGas() public harmsNobody {
        GasBurningToken token = new GasBurningToken();
        Terms memory terms = _begin(token);
        token.burn(true);
        vm.prank(buyer);
        escrow.release{gas: MOST_GAS}(terms);
        vm.assertEq(escrow.creditOf(address(token), seller), NET, "credit");
        token.burn(false);
        _withdraws(address(token), seller, NET);
        _collect(terms);
        vm.assertEq(token.balanceOf(operator), FEE, "operator");
    }
}

/// @notice A token that sends coins to the escrow, whose coins are counted to the wei.
contract Token_CoinSending is TokenBase {
    CoinSendingToken private token;

    function setUp() public override {
        super.setUp();
        token = new CoinSendingToken();
        vm.deal(address(token), 10 ether);
    }

    function test_RevertWhen_CoinsComeAlone() public harmsNobody {
        token.send(true, "");
        _beginRefused(token, abi.encodeWithSelector(CoinSendingToken.CoinsNotTaken.selector));
    }

    function test_RevertWhen_CoinsComeWithAnEmptyBatch() public harmsNobody {
        token.send(true, abi.encodeCall(IEscrow.multicall, (new bytes[](0))));
        _beginRefused(token, abi.encodeWithSelector(IEscrowErrors.WrongValue.selector, 1 ether, 0));
    }

    function test_RevertWhen_CoinsComeWithAnOpening() public harmsNobody {
        (, Offer memory offer, bytes memory signature) = _offered(ETH);
        token.send(true, abi.encodeCall(IEscrow.open, (offer, 0, signature)));
        _beginRefused(token, abi.encodeWithSignature("ReentrancyGuardReentrantCall()"));
    }

    function test_WhenCoinsComeWithAPayout_ThePayoutIsOwed() public harmsNobody {
        Terms memory terms = _begin(token);
        token.send(true, "");
        vm.prank(buyer);
        escrow.release(terms);
        vm.assertEq(escrow.creditOf(address(token), seller), NET, "credit");
        vm.assertEq(address(token).balance, 10 ether, "the coins stayed outside");
        token.send(false, "");
        _withdraws(address(token), seller, NET);
    }
}
